// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertifiedPredictionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outcome | \"ABSTAINED\" | has a label when it is certified",
                "label | null | has a label when it is certified",
                "label | 0 | the label is the candidate 1",
                "radius | -0.1 | radius is finite and at least 0",
                "probabilityLowerBound | 1.1 | 0 to 1",
                "candidate | 2 | the candidate",
                "selectionCounts | [10, 91] | the counts' sum is at most n0 = 100, found 101",
                "estimationCounts | [-1, 1001] | counts are at least 0",
                "n | 999 | the counts' sum is at most n = 999, found 1000",
                "sigma | 0 | sigma is finite and above 0",
                "alpha | 1 | alpha is between 0 and 1",
                "seed | \"00\" | 32 lower-case hex digits",
                "imageSha256 | \"00\" | 64 lower-case hex digits",
                "seconds | -1 | seconds is finite",
            })
    void shouldRefuseContradictions(String field, String value, String message) throws Exception {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.CERTIFIED);
        json.set(field, new JsonMapper().readTree(value));
        assertThatThrownBy(() -> JsonRecords.fromTree(json, CertifiedPrediction.class))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sampling.targetRadius | 0 | targetRadius is finite and above 0",
                "sampling.radiusFraction | 1 | radiusFraction is between 0 and 1",
                "sampling.deadlineSeconds | -1 | deadlineSeconds is finite and above 0",
                "sampling.maxN | 999 | at most maxN = 999 samples, found 1000",
                "sampling.attempts | [] | at least one attempt",
                "sampling.attempts.1.candidate | 0 | the last attempt's candidate, n and votes are 1, 1000 and 940",
                "sampling.attempts.1.alpha | 0.0006 | the attempts share alpha = 0.001",
                "sampling.attempts.1.firstSample | 0 | the sample after the attempt before, here 100",
                "sampling.attempts.0.looks | [] | at least one look",
                "sampling.attempts.0.looks.0.count | 101 | 0 <= count <= n",
                "sampling.attempts.1.looks.0.n | 1000 | more samples than the one before",
                "sampling.attempts.1.looks.0.count | 39 | at most as many votes more",
                "signingKey | null | a signature comes with the id of its key",
                "signingKey | \"key\" | 16 lower-case hex digits",
            })
    void shouldRefuseSamplingThatContradictsTheCertificate(String path, String value, String message) throws Exception {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.ADAPTIVE);
        String pointer = "/" + path.replace('.', '/');
        ObjectNode parent = (ObjectNode) json.at(pointer.substring(0, pointer.lastIndexOf('/')));
        parent.set(pointer.substring(pointer.lastIndexOf('/') + 1), new JsonMapper().readTree(value));
        assertThatThrownBy(() -> JsonRecords.fromTree(json, CertifiedPrediction.class))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    /** Attempts are written first sample/phase, with a minus for none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0/1 0/2 0/3 |",
                "0/- 100/- 200/- |",
                "0/1 100/2 | an attempt begins with the first sample of its phase, which is 0, found 100",
                "0/1 0/1 | attempt 1 draws from phase 2, found 1",
                "0/2 0/3 | attempt 0 draws from phase 1, found 2",
                "0/1 0/- | attempt 1 draws from phase 2, found null",
                "0/- 0/2 | attempt 1 draws from phase 2, found 2",
                "0/- 0/- | the sample after the attempt before, here 100, found 0",
            })
    void shouldLetAttemptsHavePhasesOfTheirOwnOrShareOneAndNothingBetween(String attempts, String problem) {
        List<Sampling.Attempt> made = Stream.of(attempts.split(" "))
                .map(text -> text.split("/"))
                .map(parts -> new Sampling.Attempt(
                        0,
                        0.001,
                        Long.parseLong(parts[0]),
                        parts[1].equals("-") ? null : Integer.valueOf(parts[1]),
                        List.of(new Sampling.Look(100, 50, 0.001))))
                .toList();

        if (problem == null) {
            assertThat(new Sampling(null, null, null, 100, Sampling.Stop.ALL_SAMPLES, made).samples())
                    .isEqualTo(100L * made.size());
        } else {
            assertThatThrownBy(() -> new Sampling(null, null, null, 100, Sampling.Stop.ALL_SAMPLES, made))
                    .hasMessageContaining(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noiseKey | null | a forced seed comes with the id of its key, a proof and the policy's hash",
                "noiseProof | null | a forced seed comes with the id of its key, a proof and the policy's hash",
                "policy | null | a forced seed comes with the id of its key, a proof and the policy's hash",
                "noiseKey | \"0123456789ABCDEF\" | a noise key's id has 16 lower-case hex digits",
                "noiseProof | \"c2lnbmF0dXJl\" | a noise proof is the Base64 of 80 bytes, 108 characters",
                "policy | \"0123\" | 64 lower-case hex digits",
                "sampling | null | a forced seed comes with attempts that name their phases",
            })
    void shouldRefuseASeedThatIsForcedInPart(String field, String value, String message) throws Exception {
        assertThatThrownBy(() -> forcedWith(field, value))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    /** Before the padding, 16 of the 64 characters end 80 bytes; the others leave bits over that a decoder passes over. */
    @Test
    void shouldTakeOneFormOfAProof() {
        String proof = SampleEvents.FORCED.noiseProof();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        List<Character> taken = alphabet.chars()
                .mapToObj(last -> (char) last)
                .filter(last -> isTaken("\"" + proof.substring(0, 106) + last + "=\""))
                .toList();
        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(0, 16)
                        .mapToObj(i -> alphabet.charAt(4 * i))
                        .toList());
    }

    private static boolean isTaken(String noiseProof) {
        try {
            forcedWith("noiseProof", noiseProof);
            return true;
        } catch (InvalidDataException e) {
            return false;
        }
    }

    private static CertifiedPrediction forcedWith(String field, String value) {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.FORCED);
        json.set(field, JsonRecords.readTree(value.getBytes(StandardCharsets.UTF_8)));
        return JsonRecords.fromTree(json, CertifiedPrediction.class);
    }

    @Test
    void shouldCountTheSamplesOfAllAttempts() {
        assertThat(SampleEvents.CERTIFIED.samples()).isEqualTo(1100);
        assertThat(SampleEvents.ADAPTIVE.samples()).isEqualTo(1200);
    }

    @Test
    void shouldGiveAnAbstentionNoRadius() {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.ABSTAINED);
        json.put("radius", 0.5);
        assertThatThrownBy(() -> JsonRecords.fromTree(json, CertifiedPrediction.class))
                .hasMessageContaining("the radius is 0 when the certifier abstained");
    }
}
