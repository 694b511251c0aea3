/** Asks the brokers for the topics before anything is read or sent, so that what is missing is said at once. */
@NullMarked
package org.catrs.certifier.broker;

import org.jspecify.annotations.NullMarked;
