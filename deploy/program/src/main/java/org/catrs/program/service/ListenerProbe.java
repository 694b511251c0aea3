// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a port in plain bytes what it speaks. Kafka's own client takes the alert of a port that speaks TLS for the length of
 * an answer, and asks Java for 352 MB; and it says of most other mistakes that nobody answered.
 */
final class ListenerProbe {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final short SASL_HANDSHAKE = 17;
    private static final short VERSION = 1;
    private static final int ID = 1;
    private static final int TLS_ALERT = 0x15;
    private static final int MOST_BYTES = 1 << 16;
    private static final short UNSUPPORTED_SASL_MECHANISM = 33;
    private static final short ILLEGAL_SASL_STATE = 34;

    private ListenerProbe() {}

    /**
     * Offers a mechanism to log in by.
     *
     * @throws IOException when nobody listens, with the reason
     */
    static Answer ask(InetSocketAddress address, String mechanism) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ask(socket, mechanism);
        }
    }

    private static Answer ask(Socket socket, String mechanism) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request(mechanism));
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            // It listens; that it does not answer this question says nothing of the questions that it answers.
            return new Answer(Kind.UNKNOWN, List.of());
        }
    }

    private static byte[] request(String mechanism) {
        byte[] name = mechanism.getBytes(StandardCharsets.UTF_8);
        short noClientId = -1;
        int length = 4 * Short.BYTES + Integer.BYTES + name.length;
        return ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .putShort(SASL_HANDSHAKE)
                .putShort(VERSION)
                .putInt(ID)
                .putShort(noClientId)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    private static Answer answer(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length >>> 24 == TLS_ALERT) {
            return new Answer(Kind.TLS, List.of());
        }
        if (length < 0 || length > MOST_BYTES || in.readInt() != ID) {
            return new Answer(Kind.UNKNOWN, List.of());
        }
        return switch (in.readShort()) {
            case 0 -> new Answer(Kind.LOGIN, List.of(mechanisms(in)));
            case UNSUPPORTED_SASL_MECHANISM -> new Answer(Kind.OTHER_LOGIN, List.of(mechanisms(in)));
            case ILLEGAL_SASL_STATE -> new Answer(Kind.NO_LOGIN, List.of());
            default -> new Answer(Kind.UNKNOWN, List.of());
        };
    }

    private static String[] mechanisms(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names.toArray(String[]::new);
    }

    /** What a port speaks. */
    enum Kind {
        /** TLS. */
        TLS,
        /** Kafka's protocol, after a login by the mechanism that was offered. */
        LOGIN,
        /** Kafka's protocol, after a login by other mechanisms. */
        OTHER_LOGIN,
        /** Kafka's protocol, without a login. */
        NO_LOGIN,
        /** It cannot be told. */
        UNKNOWN
    }

    /**
     * What was found.
     *
     * @param mechanisms that the port takes logins by
     */
    record Answer(Kind kind, List<String> mechanisms) {
        Answer {
            mechanisms = List.copyOf(mechanisms);
        }
    }
}
