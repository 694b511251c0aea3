// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.schemas.image.ImageShape;
import org.jspecify.annotations.Nullable;

/** The models that are served, for a console that is there before they are. */
public final class ConsoleModels {
    private final Supplier<@Nullable CertifierRegistry> registry;

    /** @param registry null until there is one */
    public ConsoleModels(Supplier<@Nullable CertifierRegistry> registry) {
        this.registry = registry;
    }

    List<String> names() {
        CertifierRegistry served = registry.get();
        return served == null ? List.of() : served.names();
    }

    <T> Optional<T> with(String name, Function<ImageCertifier, T> use) {
        CertifierRegistry served = registry.get();
        return served == null ? Optional.empty() : served.with(name, use);
    }

    /** Shape of the images that a model takes; without a name, the default model. */
    Optional<ImageShape> shape(@Nullable String name) {
        CertifierRegistry served = registry.get();
        return served == null
                ? Optional.empty()
                : served.with(
                        name == null ? served.defaultName() : name,
                        certifier -> certifier.classifier().inputShape());
    }
}
