// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.FixedFunction;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.schemas.InvalidDataException;

/**
 * Runs a network on a device before it is used there. What a list of providers or a driver's version promise is no
 * proof; this is: the session runs, the network gets the very images that the host has drawn, it is one fixed function
 * of them, and each votes for the class that the host finds.
 */
final class DeviceTrial {
    private final DeviceSession session;
    private final DeviceNetwork network;

    private DeviceTrial(DeviceSession session, DeviceNetwork network) {
        this.session = session;
        this.network = network;
    }

    /**
     * Tries a session out, before there are images.
     *
     * @return logits of an image that is always the same
     * @throws ProviderException when anything is amiss
     */
    static List<float[]> require(DeviceSession session, DeviceNetwork network, PixelTransport transport)
            throws ProviderException {
        try (TrialBatch batch = new TrialBatch(session, network, transport)) {
            DeviceTrial trial = new DeviceTrial(session, network);
            trial.requireImages(batch);
            trial.requireLabels(batch);
        } catch (OrtException e) {
            throw CudaProblem.of(session.device(), e);
        }
        return requireFixedFunction(
                session,
                network,
                transport,
                TrialImages.grey(network.signature().image()));
    }

    /**
     * Tries a session out on images.
     *
     * @return logits of a noisy copy of each image
     * @throws ProviderException when the network is no fixed function of them there
     */
    static List<float[]> requireFixedFunction(
            DeviceSession session, DeviceNetwork network, PixelTransport transport, TrialImages images)
            throws ProviderException {
        try {
            return new FixedFunction(
                            () -> new TrialBatch(session, network, transport), network.batch(), 1, network.source())
                    .require(images);
        } catch (InvalidDataException e) {
            throw new ProviderException("on " + session.device() + ", " + e.getMessage(), e);
        }
    }

    /** Every step of the grid that int16 holds must arrive as the float that the host makes of it. */
    private void requireImages(TrialBatch batch) throws OrtException, ProviderException {
        int values = batch.images().length;
        for (int first = Short.MIN_VALUE; first <= Short.MAX_VALUE; first += values) {
            fillWithSteps(batch, first);
            batch.run();
            for (int i = 0; i < values; i++) {
                float expected = step(first + i) / CountingGraph.GRID_STEPS;
                if (Float.floatToRawIntBits(batch.images()[i]) != Float.floatToRawIntBits(expected)) {
                    throw new ProviderException(session.device() + " makes " + batch.images()[i] + " of "
                            + step(first + i) + "/255, where the host makes " + expected
                            + "; certificates need the same image everywhere: run the network with the provider cpu");
                }
            }
        }
    }

    private void fillWithSteps(TrialBatch batch, int first) {
        float[] image = batch.image();
        for (int place = 0; place < network.batch(); place++) {
            for (int i = 0; i < image.length; i++) {
                image[i] = step(first + place * image.length + i) / CountingGraph.GRID_STEPS;
            }
            batch.put(place);
        }
    }

    private static short step(int value) {
        return (short) value;
    }

    private void requireLabels(TrialBatch batch) throws OrtException, ProviderException {
        SplittableRandom random = new SplittableRandom(1);
        for (int place = 0; place < network.batch(); place++) {
            for (int i = 0; i < batch.image().length; i++) {
                batch.image()[i] = random.nextInt(-255, 2 * 255) / CountingGraph.GRID_STEPS;
            }
            batch.put(place);
        }
        batch.run();
        int place = Arrays.mismatch(batch.labels(), batch.expectedLabels());
        if (place >= 0) {
            throw new ProviderException(session.device() + " gives an image the label " + batch.labels()[place]
                    + ", where the host finds " + batch.expectedLabels()[place] + " by the same logits "
                    + Arrays.toString(batch.logits(place)) + "; run the network with the provider cpu");
        }
    }
}
