/**
 * The certifier service: what it checks before it starts, how it starts and stops. Wires the stages,
 * the model and the console; holds no step of a certification itself.
 */
@NullMarked
package org.catrs.certifier.service;

import org.jspecify.annotations.NullMarked;
