// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.catrs.console.Health;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void shouldServeMetricsAndHealthUntilItIsClosed() throws Exception {
        OneJob service = new OneJob(false);
        service.start();
        assertThat(get(service.port, "/health/live")).isEqualTo(200);
        assertThat(get(service.port, "/health/ready")).isEqualTo(503);
        assertThat(get(service.port, "/metrics")).isEqualTo(200);
        service.close();
        assertThat(service.awaitEnd()).isZero();
        assertThatThrownBy(() -> get(service.port, "/metrics")).isInstanceOf(ConnectException.class);
        assertThat(told).containsExactly("opened", "closed");
    }

    @Test
    void shouldSayThatAnErrorStoppedIt() {
        OneJob service = new OneJob(false);
        service.start();
        service.parts().fail();
        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(told).containsExactly("opened", "closed");
    }

    @Test
    void shouldFreeWhatItOpenedWhenItCannotBeStarted() {
        OneJob service = new OneJob(true);
        assertThatThrownBy(service::start).isInstanceOf(InvalidDataException.class);
        assertThat(told).containsExactly("opened", "closed");
        assertThatThrownBy(() -> get(service.port, "/metrics")).isInstanceOf(ConnectException.class);
    }

    private static int get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private final class OneJob extends Service {
        private final boolean fails;
        private int port;

        OneJob(boolean fails) {
            this.fails = fails;
        }

        void start() {
            start("one job", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of());
        }

        @Override
        protected void open(int port) {
            this.port = port;
            told.add("opened");
            parts().keep(() -> told.add("closed"));
            if (fails) {
                throw new InvalidDataException("it cannot be used");
            }
        }

        @Override
        protected Health health() {
            return new Health(true, false, "WAITING", "it has nothing to do");
        }
    }
}
