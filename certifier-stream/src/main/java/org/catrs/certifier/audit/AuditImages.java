// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.ImageSource;
import org.catrs.schemas.dataset.OutgoingImage;
import org.catrs.schemas.image.ImageDecoder;
import org.catrs.schemas.image.ImageDecodingException;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/** The images that certificates may be of, found by the SHA-256 of their pixels or by their id. */
final class AuditImages {
    /** These are the auditor's own files, of whatever size a service took. */
    private static final ImageLimits LIMITS = new ImageLimits(1 << 30, 1 << 28);

    private final ImageSource source;
    private final ImageDecoder decoder;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();

    /**
     * Decodes all images to a shape, as the certifier would; those that cannot be are passed over, because nobody
     * certified them. Only their hashes stay in memory.
     */
    AuditImages(ImageSource source, ImageShape shape) {
        this.source = source;
        this.decoder = new ImageDecoder(shape, LIMITS);
        for (int place = 0; place < source.size(); place++) {
            OutgoingImage image = source.get(place);
            Optional<ImageTensor> pixels = decode(image);
            if (pixels.isPresent()) {
                String sha256 = Sha256.of(pixels.get().toByteArray());
                places.putIfAbsent(sha256, place);
                hashes.put(image.key(), sha256);
            }
        }
    }

    /** The image whose uint8 C x H x W values have a hash. */
    Optional<AuditImage> ofHash(String sha256) {
        Integer place = places.get(sha256);
        if (place == null) {
            return Optional.empty();
        }
        OutgoingImage image = source.get(place);
        return decode(image).map(pixels -> new AuditImage(pixels, image.trueLabel()));
    }

    /** The hash of the image that has an id. */
    Optional<String> hashOf(String id) {
        return Optional.ofNullable(hashes.get(id));
    }

    private Optional<ImageTensor> decode(OutgoingImage image) {
        byte[] bytes = new byte[image.value().remaining()];
        image.value().duplicate().get(bytes);
        try {
            return Optional.of(decoder.decode(bytes, image.encoding()));
        } catch (ImageDecodingException e) {
            return Optional.empty();
        }
    }

    /**
     * An image.
     *
     * @param trueLabel its class where the images have labels; null elsewhere
     */
    record AuditImage(ImageTensor pixels, @Nullable Integer trueLabel) {}
}
