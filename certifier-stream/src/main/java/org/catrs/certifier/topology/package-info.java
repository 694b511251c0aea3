/**
 * The stages as one Kafka Streams topology: from the {@code images} topic to {@code certified-predictions} and {@code
 * images-rejected}. One record is certified in one call of the processor, so that nothing waits in memory to be lost.
 *
 * <p>Previous stage: {@code outcome}. Next stage: the topics.
 */
@NullMarked
package org.catrs.certifier.topology;

import org.jspecify.annotations.NullMarked;
