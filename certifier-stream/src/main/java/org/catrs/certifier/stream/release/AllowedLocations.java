// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;

/** The folders and buckets that models may be fetched from, however a location is written. */
public final class AllowedLocations {
    private static final String FILE = "file";
    private static final Set<String> SCHEMES = Set.of(FILE, "s3");

    private final List<URI> folders;

    private AllowedLocations(List<URI> folders) {
        this.folders = folders;
    }

    /**
     * Allows folders, and what lies below them.
     *
     * @param folders such as {@code file:///srv/models/} and {@code s3://bucket/models/}
     * @throws InvalidDataException when one has another form
     */
    public static AllowedLocations of(List<String> folders) {
        return new AllowedLocations(
                folders.stream().map(AllowedLocations::folder).toList());
    }

    /**
     * A release's location as a folder, with a slash at its end.
     *
     * @throws RefusedReleaseException when it is not inside an allowed folder
     */
    URI require(String location) {
        URI folder;
        try {
            folder = folder(location);
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.LOCATION_NOT_ALLOWED, String.valueOf(e.getMessage()), e);
        }
        if (folders.stream().noneMatch(allowed -> isInside(allowed, folder))) {
            throw notAllowed("the location " + location);
        }
        return folder;
    }

    /**
     * Makes sure that a file's links do not lead out of what is allowed.
     *
     * @param file inside a folder that {@link #require} has let pass
     * @throws RefusedReleaseException when they do
     * @throws IOException when there is no such file
     */
    void requireReal(URI file) throws IOException {
        if (!FILE.equals(file.getScheme())) {
            return;
        }
        Path real = Path.of(file).toRealPath();
        for (URI allowed : folders) {
            if (FILE.equals(allowed.getScheme()) && isInside(allowed, file)) {
                if (real.startsWith(Path.of(allowed).toRealPath())) {
                    return;
                }
            }
        }
        throw notAllowed(file + " leads to " + real + ", which");
    }

    private RefusedReleaseException notAllowed(String what) {
        return new RefusedReleaseException(
                RefusalReason.LOCATION_NOT_ALLOWED, what + " is not inside one of the allowed locations " + folders);
    }

    private static boolean isInside(URI folder, URI other) {
        return folder.getScheme().equals(other.getScheme())
                && String.valueOf(folder.getAuthority()).equals(String.valueOf(other.getAuthority()))
                && other.getPath().startsWith(folder.getPath());
    }

    /** Names that stand for other folders are refused rather than resolved: nobody needs them. */
    private static URI folder(String text) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text : text + "/");
        } catch (URISyntaxException e) {
            throw new InvalidDataException("the location '" + text + "' is no URI: " + e.getReason(), e);
        }
        boolean known = uri.getScheme() != null
                && SCHEMES.contains(uri.getScheme())
                && uri.getPath() != null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && uri.getUserInfo() == null
                && FILE.equals(uri.getScheme()) == (uri.getAuthority() == null);
        if (!known || !isPlain(uri.getPath())) {
            throw new InvalidDataException("the location '" + text
                    + "' is of no form that is known here: file:///FOLDER/ or s3://BUCKET/FOLDER/, without . and ..");
        }
        return uri;
    }

    /** A path that begins and ends with a slash, of names that stand for nothing but themselves. */
    private static boolean isPlain(String path) {
        if (path.equals("/")) {
            return true;
        }
        if (!path.startsWith("/") || path.chars().anyMatch(letter -> letter < ' ' || letter == '\\')) {
            return false;
        }
        for (String name : path.substring(1, path.length() - 1).split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
