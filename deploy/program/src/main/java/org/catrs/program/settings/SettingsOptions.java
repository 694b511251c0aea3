// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where a service's settings come from: its command's options, a file, and the environment. Mixed into a command that has
 * an option for each setting.
 */
public final class SettingsOptions {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsOptions.class);

    @Option(names = "--config", paramLabel = "F", description = "settings, as a Java properties file")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /**
     * What a service makes of its settings; variables of the environment that are none are warned of.
     *
     * @param reader throws {@link org.catrs.schemas.InvalidDataException} where they cannot be used
     * @throws ParameterException then
     */
    public <T> T read(Declarations declarations, Function<Map<String, String>, T> reader) {
        Given given = declarations.given(command.commandLine().getParseResult(), file, Environment.ofProcess());
        T config = given.read(command.commandLine(), reader);
        given.unknownVariables().forEach(name -> LOG.warn("the environment variable {} is no setting", name));
        return config;
    }
}
