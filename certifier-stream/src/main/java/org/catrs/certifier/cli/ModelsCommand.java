// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import picocli.CommandLine.Command;

/** Commands for the models that certifiers serve. */
@Command(
        name = "models",
        description = "Tells which models are released and what became of them, releases models and retires them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelsListCommand.class,
            ModelsReleaseCommand.class,
            ModelsRetireCommand.class,
            ModelsStatusCommand.class
        })
public final class ModelsCommand {}
