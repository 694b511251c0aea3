// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.DatasetKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
    @TempDir
    Path empty;

    @Test
    void shouldTakeDigitsAndSayWhyWhenMnistIsMissing() {
        DemoData data = DemoData.choose(null, empty);
        assertThat(data.kind()).isEqualTo(DatasetKind.DIGITS);
        assertThat(data.folder()).isNull();
        assertThat(data.reason()).contains("MNIST was not found", "--data " + empty);
    }

    @Test
    void shouldFailWhenMnistIsAskedForAndMissing() {
        assertThatThrownBy(() -> DemoData.choose(DatasetKind.MNIST, empty))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("--data " + empty);
    }

    @Test
    void shouldRefuseImagesThatTheNetworkCannotTake() {
        assertThatThrownBy(() -> DemoData.choose(DatasetKind.CIFAR10, empty))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("mnist or digits, not cifar10");
    }

    @Test
    void shouldTrainOnAsManyImagesWhateverTheDataSet() {
        // 25,800 of MNIST's 60,000 training images.
        assertThat(new DemoData(DatasetKind.MNIST, empty, 60_000, 10_000, "").defaultEpochs())
                .isEqualTo(0.43);
        assertThat(new DemoData(DatasetKind.DIGITS, null, 12_900, 10_000, "").defaultEpochs())
                .isEqualTo(2);
    }

    @Test
    void shouldSpreadTheImagesOverTheTestSet() {
        DemoData data = new DemoData(DatasetKind.MNIST, empty, 60_000, 10_000, "");
        assertThat(new DemoPlan(data, null, "cat-rs", 0.5, 1, 300, 100).stride())
                .isEqualTo(33);
        assertThat(new DemoPlan(data, null, "cat-rs", 0.5, 1, 20_000, 100).images())
                .isEqualTo(10_000);
    }
}
