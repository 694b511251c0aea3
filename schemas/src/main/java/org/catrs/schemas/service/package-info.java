// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What catrs's services have in common beside their work: JSON logs, a clean stop, metrics and health over HTTP, a first
 * look at the brokers.
 */
package org.catrs.schemas.service;
