// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

/** A value on a topic, other than an image itself. Each is a record with an Avro schema and a JSON Schema. */
public sealed interface Event
        permits CertificationRates,
                CertifiedPrediction,
                ImageRejection,
                ModelRelease,
                ModelStatus,
                ShiftEvent,
                TrainingJob,
                TrainingStatus {}
