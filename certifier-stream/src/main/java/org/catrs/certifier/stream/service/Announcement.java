// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an instance says of itself to the others of its application id.
 *
 * @param instance its name, as HOST:PORT
 * @param isMember whether it shares the work already; else it has just been started, and asks
 * @param settings that all have to have in common, with their values
 */
record Announcement(String instance, boolean isMember, SortedMap<String, String> settings) {
    Announcement {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    Announcement asMember() {
        return new Announcement(instance, true, settings);
    }

    /** Whether this one, where the two differ, is the one that has to go. Of two that ask at once, one stays. */
    boolean givesWayTo(Announcement other) {
        return !isMember && (other.isMember || other.instance.compareTo(instance) < 0);
    }

    /** How another differs, in settings that both know; empty where it does not. */
    List<String> differences(Announcement other) {
        List<String> differences = new ArrayList<>();
        settings.forEach((setting, value) -> {
            String others = other.settings.getOrDefault(setting, value);
            if (!others.equals(value)) {
                differences.add(setting + " is " + value + " here and " + others + " there");
            }
        });
        return differences;
    }

    static ByteBuffer write(List<Announcement> announcements) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(announcements.size());
            for (Announcement announcement : announcements) {
                announcement.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing keeps memory from being written to", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(instance);
        out.writeBoolean(isMember);
        out.writeInt(settings.size());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
    }

    /** @throws UncheckedIOException when they are no announcements */
    static List<Announcement> read(ByteBuffer written) {
        byte[] bytes = new byte[written.remaining()];
        written.duplicate().get(bytes);
        List<Announcement> announcements = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                announcements.add(read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an instance announces itself in a way that is not known here", e);
        }
        return announcements;
    }

    private static Announcement read(DataInputStream in) throws IOException {
        String instance = in.readUTF();
        boolean isMember = in.readBoolean();
        SortedMap<String, String> settings = new TreeMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            settings.put(in.readUTF(), in.readUTF());
        }
        return new Announcement(instance, isMember, settings);
    }
}
