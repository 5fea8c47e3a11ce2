package io.snowball.launcher.bench;

import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Asks consent-service as a sibling does. */
final class DecisionCalls {
    private static final int CONNECTIONS = 4;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final String token;

    DecisionCalls(URI service, String internalKey) {
        this.service = service;
        this.token = InternalToken.of(internalKey, "service");
    }

    /** @return batches a second, over some connections at once */
    double batches(List<List<UUID>> batches, int seconds) {
        List<HttpRequest> requests = batches.stream().map(this::batch).toList();
        Instant began = Instant.now();
        Instant end = began.plusSeconds(seconds);
        AtomicInteger done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.execute(() -> {
                    while (Instant.now().isBefore(end)) {
                        int next = done.getAndIncrement();
                        call(requests.get(next % requests.size()));
                    }
                });
            }
        }
        return done.get() / (Duration.between(began, Instant.now()).toNanos() / 1e9);
    }

    /** One customer at a time, over a connection of each caller's own that weighs little beside the service. */
    Callers.Run singles(List<List<UUID>> batches, int callers, Duration time) {
        List<UUID> customers = batches.stream().flatMap(List::stream).toList();
        return Callers.run(callers, time, () -> new Single(customers));
    }

    private final class Single implements Callers.Caller {
        private final PlainHttp plain;
        private final List<UUID> customers;

        Single(List<UUID> customers) throws IOException {
            this.plain = new PlainHttp(service, token);
            this.customers = customers;
        }

        @Override
        public void call() throws IOException {
            UUID customer = customers.get(ThreadLocalRandom.current().nextInt(customers.size()));
            PlainHttp.Answer answer = plain.get(
                    "/api/v1/consent-decisions?purpose=marketing&channel=EMAIL&messageClass=ADVERTISING&customerId="
                            + customer);
            if (answer.status() != 200) {
                throw new Trouble("The consent service answered " + answer.status());
            }
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    private HttpRequest batch(List<UUID> customers) {
        String ids = customers.stream().map(UUID::toString).collect(Collectors.joining("\",\""));
        return request("/api/v1/consent-decisions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"purpose\":\"marketing\",\"channel\":\"EMAIL\",\"messageClass\":\"ADVERTISING\",\"customerIds\":[\""
                                + ids + "\"]}"))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private void call(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new Trouble("The consent service answered " + response.statusCode());
            }
        } catch (IOException failure) {
            throw new Trouble("The consent service does not answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
