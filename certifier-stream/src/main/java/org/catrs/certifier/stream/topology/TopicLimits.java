// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

/**
 * What a topic takes.
 *
 * @param bytes how large a batch of records may be that is sent to it
 * @param times which timestamps it keeps
 * @param needsKeys whether it refuses records without a key, as compacted topics do
 */
public record TopicLimits(int bytes, AcceptedTimes times, boolean needsKeys) {}
