// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import picocli.CommandLine.Command;

/** Commands for the keys that force seeds. */
@Command(
        name = "keys",
        description =
                "Makes keys that force the seeds of the noise, and prints the policies that are published with them.",
        footer = {
            "",
            "A noise key makes of each image and policy one seed, and proves it: neither who certifies nor who made the image"
                    + " can choose the noise. For that to mean something, others have to know the public key and the policy"
                    + " before there are images:",
            "",
            "1. 'keys new --out noise.pem --public noise.pub.pem' makes a key. Keep noise.pem as secret as a key that signs:"
                    + " who has it can look for images whose noise is lucky.",
            "2. 'keys policy --model M', with the options that will be given to 'serve' or 'certify', prints the policies.",
            "3. Publish noise.pub.pem and the policies where their date is beyond doubt.",
            "4. Start 'serve --noise-key noise.pem', or 'certify --noise-key noise.pem'.",
            "5. Others audit by 'replay --noise-keys noise.pub.pem --policies F' with the published ones. When a key is replaced,"
                    + " its public half stays published: older certificates are audited with it."
        },
        mixinStandardHelpOptions = true,
        subcommands = {KeysNewCommand.class, KeysPolicyCommand.class})
public final class KeysCommand {}
