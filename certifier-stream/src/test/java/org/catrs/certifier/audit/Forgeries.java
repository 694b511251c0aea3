// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.SigningKey;

/**
 * Altered and forged forms of one genuine certificate, each as a line of a file. What votes, noise and plan decide is
 * forged by the signer itself, so that a signature does not tell; what they do not decide is altered by somebody else.
 */
final class Forgeries {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Map<String, String> lines = new LinkedHashMap<>();
    private final CertifiedPrediction genuine;
    private final SigningKey signer;
    private final SigningKey stranger;

    /** @param genuine not signed yet */
    Forgeries(CertifiedPrediction genuine, SigningKey signer, SigningKey stranger) {
        this.genuine = genuine;
        this.signer = signer;
        this.stranger = stranger;
        addNumbers();
        addVotes();
        addPlan();
        addNames();
        addText();
        addSignatures();
    }

    /** Lines by what was forged. */
    Map<String, String> lines() {
        return lines;
    }

    /** A certificate that contradicts nothing in itself, and was never earned. */
    void claim(String name, CertifiedPrediction claim) {
        lines.put(name, line(CertificateSignature.sign(claim, signer)));
    }

    private void addNumbers() {
        forge("a larger radius", tree -> tree.put("radius", genuine.radius() + 0.01));
        forge("a radius in the last digit", tree -> tree.put("radius", genuine.radius() * (1 + 1e-6) + 1e-9));
        forge("a larger bound", tree -> tree.put("probabilityLowerBound", genuine.probabilityLowerBound() + 0.01));
        forge("a larger bound with the radius that it gives", tree -> {
            double bound = 0.9 + genuine.probabilityLowerBound() / 20;
            tree.put("probabilityLowerBound", bound);
            tree.put("radius", genuine.sigma() * NORMAL.inverseCumulativeProbability(bound) * (1 - 1e-12));
        });
        forge("a smaller bound", tree -> tree.put("probabilityLowerBound", genuine.probabilityLowerBound() * 0.99));
        forge("sigma and radius doubled", tree -> {
            tree.put("sigma", genuine.sigma() * 2);
            tree.put("radius", genuine.radius() * 2);
        });
        forge("another sigma", tree -> tree.put("sigma", genuine.sigma() * 1.01));
        forge("a smaller alpha", tree -> tree.put("alpha", genuine.alpha() / 10));
        forge("a larger alpha", tree -> tree.put("alpha", genuine.alpha() * 2));
        if (genuine.plan().equals("fixed")) {
            forge("an alpha below the least with the bound that it gives", this::putTinyAlpha);
        }
        forge("another seed", tree -> tree.put("seed", "f".repeat(32)));
        forge("another image", tree -> tree.put("imageSha256", "0".repeat(64)));
        forge("another model", tree -> ((ObjectNode) tree.get("model")).put("sha256", "0".repeat(64)));
        forge("noise of another kind", tree -> tree.put("noise", "gaussian"));
        forge("noise of no kind", tree -> tree.put("noise", "uniform"));
        forge("a larger n0", tree -> tree.put("n0", genuine.n0() + 1000));
        forge("a larger n", tree -> tree.put("n", genuine.n() + 1000));
        forge("a smaller n", tree -> tree.put("n", genuine.n() - 1));
        forge("an n of which nobody drew a part", tree -> {
            tree.put("n", genuine.n() + 1);
            lastLook(tree).put("n", genuine.n() + 1);
        });
        forge("an abstention made a certificate, or the other way round", tree -> {
            boolean certified = genuine.label() != null;
            tree.put("outcome", certified ? "ABSTAINED" : "CERTIFIED");
            tree.put("label", certified ? null : genuine.candidate());
            tree.put("className", certified ? null : "3");
            tree.put("radius", certified ? 0 : 0.5);
        });
        forge("a label beside the candidate", tree -> tree.put("label", genuine.candidate() + 1));
        forge("a candidate beside the label", tree -> tree.put("candidate", genuine.candidate() + 1));
        forge("another class", tree -> {
            int other = (genuine.candidate() + 1) % genuine.estimationCounts().size();
            tree.put("candidate", other);
            if (genuine.label() != null) {
                tree.put("label", other);
            }
            swap((ArrayNode) tree.get("estimationCounts"), genuine.candidate(), other);
            lastAttempt(tree).put("candidate", other);
        });
        forge("a negative radius", tree -> tree.put("radius", -0.5));
        forge("a bound above one", tree -> tree.put("probabilityLowerBound", 1.5));
        forge("a sigma of zero", tree -> tree.put("sigma", 0));
        forge("an alpha of one", tree -> tree.put("alpha", 1));
    }

    /** Right in every number, where the bound's errors were not measured. */
    private void putTinyAlpha(ObjectNode tree) {
        double alpha = 1e-16;
        double bound =
                ClopperPearson.lowerBound(genuine.estimationCounts().get(genuine.candidate()), genuine.n(), alpha);
        for (ObjectNode level : List.of(tree, lastAttempt(tree), lastLook(tree))) {
            level.put("alpha", alpha);
        }
        tree.put("probabilityLowerBound", bound);
        tree.put("radius", CertifiedRadius.of(genuine.sigma(), bound));
    }

    private void addVotes() {
        forge("extra votes in the counts alone", tree -> addVotes((ArrayNode) tree.get("estimationCounts"), 10));
        forge("votes taken from other classes", tree -> {
            ArrayNode counts = (ArrayNode) tree.get("estimationCounts");
            long taken = 0;
            for (int label = 0; label < counts.size(); label++) {
                if (label != genuine.candidate()) {
                    taken += counts.get(label).asLong();
                    counts.set(label, JsonNodeFactory.instance.numberNode(0));
                }
            }
            addVotes(counts, taken);
            lastLook(tree).put("count", lastLook(tree).get("count").asLong() + taken);
        });
        forge("votes of the selection moved to the candidate", tree -> {
            ArrayNode counts = (ArrayNode) tree.get("selectionCounts");
            for (int label = 0; label < counts.size(); label++) {
                counts.set(label, JsonNodeFactory.instance.numberNode(label == genuine.candidate() ? genuine.n0() : 0));
            }
        });
        forge("no votes in the selection", tree -> {
            ArrayNode counts = (ArrayNode) tree.get("selectionCounts");
            for (int label = 0; label < counts.size(); label++) {
                counts.set(label, JsonNodeFactory.instance.numberNode(0));
            }
        });
        forge("a class too few", tree -> ((ArrayNode) tree.get("estimationCounts")).remove(9));
        forge("a class too many", tree -> ((ArrayNode) tree.get("estimationCounts")).add(0));
        forge("negative votes", tree -> ((ArrayNode) tree.get("estimationCounts")).set(0, number(-5)));
        forge("more votes than samples", tree -> addVotes((ArrayNode) tree.get("estimationCounts"), genuine.n()));
        forge("votes in words", tree -> ((ArrayNode) tree.get("estimationCounts")).set(0, "many"));
    }

    private void addPlan() {
        for (String plan : new String[] {"fixed", "adaptive", "deadline", "none"}) {
            if (!plan.equals(genuine.plan())) {
                forge("the plan called " + plan, tree -> tree.put("plan", plan));
            }
        }
        forge("a larger share of an attempt", tree -> scale(lastAttempt(tree), "alpha", 1.05));
        forge("a smaller share of an attempt", tree -> scale(lastAttempt(tree), "alpha", 0.5));
        forge("a look of a larger level", tree -> scale(lastLook(tree), "alpha", 1.05));
        forge("a look of a smaller level", tree -> scale(lastLook(tree), "alpha", 0.5));
        forge(
                "a look with more votes",
                tree -> lastLook(tree).put("count", lastLook(tree).get("count").asLong() + 10));
        forge(
                "a look moved",
                tree -> lastLook(tree).put("n", lastLook(tree).get("n").asLong() - 1));
        forge("a look left out", tree -> {
            ArrayNode looks = (ArrayNode) lastAttempt(tree).get("looks");
            looks.remove(looks.size() - 1);
        });
        forge(
                "a look twice",
                tree -> ((ArrayNode) lastAttempt(tree).get("looks"))
                        .add(lastLook(tree).deepCopy()));
        forge("no look", tree -> ((ArrayNode) lastAttempt(tree).get("looks")).removeAll());
        forge("samples that begin later", tree -> {
            ObjectNode attempt = lastAttempt(tree);
            attempt.put("firstSample", attempt.get("firstSample").asLong() + 64);
        });
        forge(
                "an attempt about another class",
                tree -> lastAttempt(tree).put("candidate", (genuine.candidate() + 1) % 10));
        forge("a restart made up", tree -> {
            ArrayNode attempts = attempts(tree);
            ObjectNode first = ((ObjectNode) attempts.get(0)).deepCopy();
            first.put("candidate", (genuine.candidate() + 1) % 10);
            attempts.insert(0, first);
        });
        forge("no attempt", tree -> attempts(tree).removeAll());
        forge("fewer samples than were allowed", tree -> ((ObjectNode) tree.get("sampling")).put("maxN", 1));
        if (genuine.sampling().last().phase() != null) {
            forge("noise of another phase", tree -> lastAttempt(tree).put("phase", 7));
        }
        if (genuine.sampling().attempts().size() > 1) {
            forge("a restart left out", tree -> attempts(tree).remove(0));
        }
    }

    /** What nobody can find out again, but the signer said. */
    private void addNames() {
        alter("another true label", tree -> tree.put("trueLabel", 5));
        alter("another time", tree -> tree.put("seconds", 9.75));
        alter("another topic", tree -> origin(tree).put("topic", "others"));
        alter("another partition", tree -> origin(tree).put("partition", 4));
        alter("another offset", tree -> origin(tree).put("offset", 43));
        alter("no origin", tree -> tree.putNull("origin"));
        alter("an origin without an offset", tree -> origin(tree).remove("offset"));
        alter("an offset beyond exact numbers", tree -> origin(tree).put("offset", 1L << 53));
        alter("another time of the answer", tree -> tree.put("answered", 1_796_000_000_001L));
        alter("no time of the answer", tree -> tree.remove("answered"));
        alter("another class name", tree -> tree.put("className", "other"));
        alter("another model's name", tree -> ((ObjectNode) tree.get("model")).put("name", "other"));
        alter("another model's version", tree -> ((ObjectNode) tree.get("model")).put("version", "9"));
        alter("another provider", tree -> ((ObjectNode) tree.get("engine")).put("provider", "cuda"));
        alter("another precision", tree -> ((ObjectNode) tree.get("engine")).put("precision", "fp16"));
        alter("another engine", tree -> ((ObjectNode) tree.get("engine")).put("name", "other"));
        alter("another engine's version", tree -> ((ObjectNode) tree.get("engine")).put("version", "0.1"));
        alter("other instructions", tree -> ((ObjectNode) tree.get("engine")).put("instructions", "other"));
        alter("independence tried", tree -> tree.put("independence", "TRIED"));
        alter("independence not said", tree -> tree.putNull("independence"));
        alter("another reason to stop", tree -> ((ObjectNode) tree.get("sampling")).put("stop", "BACK_PRESSURE"));
        alter("another target", tree -> ((ObjectNode) tree.get("sampling")).put("targetRadius", 0.123));
        alter("a forced seed pretended", tree -> {
            tree.put("noiseKey", "0".repeat(16));
            tree.put("noiseProof", Base64.getEncoder().encodeToString(new byte[80]));
            tree.put("policy", "0".repeat(64));
        });
    }

    private void addText() {
        alter("a member that the schema does not have", tree -> tree.put("verified", true));
        alter(
                "a member of a model that the schema does not have",
                tree -> ((ObjectNode) tree.get("model")).put("a", 1));
        alter(
                "a member of a look that the schema does not have",
                tree -> lastLook(tree).put("a", 1));
        forge("a member missing", tree -> tree.remove("probabilityLowerBound"));
        forge("a radius in quotes", tree -> tree.put("radius", "0.5"));
        forge("a radius of nothing", tree -> tree.putNull("radius"));
        forge("counts of nothing", tree -> tree.putNull("estimationCounts"));
        forge("a list for the model", tree -> tree.putArray("model"));
        forge("a seed in capitals", tree -> tree.put("seed", genuine.seed().toUpperCase(Locale.ROOT) + "A"));
        forge(
                "a short hash",
                tree -> tree.put("imageSha256", genuine.imageSha256().substring(1)));
        text("a member twice", line -> "{\"radius\":9.0," + line.substring(1));
        text("an envelope", line -> "{\"value\":" + line + "}");
        text("a list", line -> "[" + line + "]");
        text("text after it", line -> line + " {}");
        text("text before it", line -> "certificate: " + line);
        text("half of it", line -> line.substring(0, line.length() / 2));
        text("a radius that is no number", line -> replaceRadius(line, "NaN"));
        text("a radius without end", line -> replaceRadius(line, "Infinity"));
        text("a radius beyond numbers", line -> replaceRadius(line, "1e999"));
        text("nothing but null", line -> "null");
        text("an empty object", line -> "{}");
    }

    private void addSignatures() {
        CertifiedPrediction signed = CertificateSignature.sign(genuine, signer);
        CertifiedPrediction byStranger = CertificateSignature.sign(genuine, stranger);
        String signature = String.valueOf(signed.signature());
        text("no signature", line -> line(genuine));
        text("a stranger's signature", line -> line(byStranger));
        signature("a stranger's signature under a known name", String.valueOf(byStranger.signature()));
        signature("a signature without padding", signature.replace("=", ""));
        signature("a signature with a blank", signature.substring(0, 10) + " " + signature.substring(10));
        signature(
                "a signature in the alphabet of addresses",
                other(signature.replace('+', '-').replace('/', '_')));
        signature("a signature whose last bits are others", lastBits(signature));
        signature("a short signature", Base64.getEncoder().encodeToString(new byte[63]));
        signature("a signature of zeros", Base64.getEncoder().encodeToString(new byte[64]));
        alter("a signer that is not known", tree -> tree.put("signingKey", "0".repeat(16)));
        alter("a signature of another certificate", tree -> {
            ObjectNode longer = tree(genuine);
            longer.put("seconds", 77.0);
            CertifiedPrediction another = JsonRecords.fromTree(longer, CertifiedPrediction.class);
            tree.put("signature", CertificateSignature.sign(another, signer).signature());
        });
    }

    /** The signer itself forges, as far as what it forges is a certificate at all. */
    private void forge(String name, Consumer<ObjectNode> forgery) {
        ObjectNode tree = tree(genuine);
        forgery.accept(tree);
        try {
            claim(name, JsonRecords.fromTree(tree, CertifiedPrediction.class));
        } catch (InvalidDataException noCertificate) {
            lines.put(name, tree.toString());
        }
    }

    /** Somebody else alters what was signed. */
    private void alter(String name, Consumer<ObjectNode> alteration) {
        ObjectNode tree = tree(CertificateSignature.sign(genuine, signer));
        alteration.accept(tree);
        lines.put(name, tree.toString());
    }

    private void text(String name, UnaryOperator<String> alteration) {
        lines.put(name, alteration.apply(line(CertificateSignature.sign(genuine, signer))));
    }

    private void signature(String name, String text) {
        alter(name, tree -> tree.put("signature", text));
    }

    /** Where a signature has no letter that the two alphabets write differently, one is put in. */
    private static String other(String signature) {
        return signature.contains("-") || signature.contains("_") ? signature : "-" + signature.substring(1);
    }

    /** Another text that a careless decoder reads as the same 64 bytes: the last letter before "==" has four bits to spare. */
    private static String lastBits(String signature) {
        char last = signature.charAt(85);
        return signature.substring(0, 85) + (char) (last == 'Z' ? 'Y' : last + 1) + "==";
    }

    private void addVotes(ArrayNode counts, long more) {
        int label = genuine.candidate();
        counts.set(label, number(counts.get(label).asLong() + more));
    }

    private static ObjectNode origin(ObjectNode tree) {
        return (ObjectNode) tree.get("origin");
    }

    private static JsonNode number(long value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    private static void swap(ArrayNode counts, int one, int other) {
        JsonNode kept = counts.get(one);
        counts.set(one, counts.get(other));
        counts.set(other, kept);
    }

    private static void scale(ObjectNode node, String name, double factor) {
        node.put(name, node.get(name).asDouble() * factor);
    }

    private static ArrayNode attempts(ObjectNode tree) {
        return (ArrayNode) tree.get("sampling").get("attempts");
    }

    private static ObjectNode lastAttempt(ObjectNode tree) {
        return (ObjectNode) attempts(tree).get(attempts(tree).size() - 1);
    }

    private static ObjectNode lastLook(ObjectNode tree) {
        ArrayNode looks = (ArrayNode) lastAttempt(tree).get("looks");
        return (ObjectNode) looks.get(looks.size() - 1);
    }

    private String replaceRadius(String line, String value) {
        return line.replaceFirst("\"radius\":[^,]*", "\"radius\":" + value);
    }

    private static ObjectNode tree(CertifiedPrediction certificate) {
        return (ObjectNode) JsonRecords.toTree(certificate);
    }

    static String line(CertifiedPrediction certificate) {
        return tree(certificate).toString();
    }
}
