package io.snowball.campaign.smtp;

import static io.snowball.campaign.smtp.SmtpTestKit.VERTX;
import static io.snowball.campaign.smtp.SmtpTestKit.close;
import static io.snowball.campaign.smtp.SmtpTestKit.envelope;
import static io.snowball.campaign.smtp.SmtpTestKit.envelopes;
import static io.snowball.campaign.smtp.SmtpTestKit.handOver;
import static io.snowball.campaign.smtp.SmtpTestKit.once;
import static io.snowball.campaign.smtp.SmtpTestKit.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.smtp.ScriptedServer.Script;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpConversationTest {
    private static final String OK = "250 2.1.0 Ok";
    private static final String GO_ON = "354 go on";

    @Test
    void nextEnvelopeGoesOutWithTheMessageBeforeIt() throws Exception {
        Script script = with -> {
            with.hello("PIPELINING", "8BITMIME");
            with.answer(OK);
            with.answer(OK);
            with.answer(GO_ON);
            with.hearMessage();
            // The first end isn't answered before the second envelope is here.
            String mail = with.hear();
            with.hear();
            with.hear();
            with.say(
                    "250 taken\r\n" + (mail.startsWith("MAIL FROM") ? OK : "500 what?") + "\r\n" + OK + "\r\n" + GO_ON);
            with.hearMessage();
            with.say("250 taken");
            with.takeAll();
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThat(once(settings(server.port()), envelopes(2)))
                    .extracting(Outcome::fate)
                    .containsOnly(Fate.ACCEPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesStepByStepWhereThatIsWanted(boolean byServer) throws Exception {
        AtomicInteger early = new AtomicInteger();
        Script script = with -> {
            with.hello(byServer ? new String[] {"8BITMIME"} : new String[] {"8BITMIME", "PIPELINING"});
            for (int i = 0; i < 3; i++) {
                for (String reply : List.of(OK, OK, GO_ON)) {
                    with.hear();
                    early.addAndGet(with.hasMore() ? 1 : 0);
                    with.say(reply);
                }
                with.hearMessage();
                early.addAndGet(with.hasMore() ? 1 : 0);
                with.say("250 taken");
            }
            with.takeAll();
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            List<Outcome> outcomes = once(settings(server.port()).withPipelining(byServer), envelopes(3));
            assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.ACCEPTED);
            assertThat(early).hasValue(0);
        }
    }

    @Test
    void speaksHeloWhereEhloIsUnknown() throws Exception {
        Script script = with -> {
            with.say("220 old");
            with.answer("500 unknown");
            with.answer("250 old");
            with.takeAll();
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            Envelope plain = envelope("ivan@example.ru", "Subject: x\r\n\r\nhi\r\n".getBytes(UTF_8));
            assertThat(once(settings(server.port()), List.of(plain)).getFirst().fate())
                    .isEqualTo(Fate.ACCEPTED);
            assertThat(server.commands).contains("HELO localhost");
        }
    }

    @Test
    void outcomesComeInTheOrderGivenOverSeveralConnections() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            List<Envelope> batch = envelopes(500);
            List<Outcome> outcomes = once(settings(server.port()).withConnectionsMax(4), batch);

            assertThat(outcomes)
                    .extracting(Outcome::id)
                    .isEqualTo(batch.stream().map(Envelope::id).toList());
            assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.ACCEPTED);
            assertThat(new HashSet<>(server.complete)).hasSize(500);
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void connectionsAreKeptBetweenBatches() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
            handOver(client, envelopes(3));
            handOver(client, envelopes(3));
            close(client);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.commands.getLast()).isEqualTo("QUIT");
        }
    }

    @Test
    void connectionIsChangedAfterSoManyMessages() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            List<Outcome> outcomes = once(settings(server.port()).withMessagesPerConnectionMax(10), envelopes(25));
            assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.ACCEPTED);
            assertThat(server.connections()).isEqualTo(3);
            assertThat(server.commands).filteredOn("QUIT"::equals).hasSize(3);
        }
    }

    @Test
    void idleConnectionIsEndedPolitely() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            Duration minute = Duration.ofMinutes(1);
            SmtpClient client = new SmtpClient(
                    VERTX, settings(server.port()).withTimeouts(minute, minute, minute, Duration.ofMillis(50)));
            handOver(client, envelopes(1));
            Awaitility.await().until(() -> server.commands.contains("QUIT"));
            assertThat(handOver(client, envelopes(1)).getFirst().fate()).isEqualTo(Fate.ACCEPTED);
        }
    }

    @Test
    void batchGoesOnWhereTheServerDroppedAnIdleConnection() throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        Script oneThenGone = with -> {
            with.hello("PIPELINING", "8BITMIME");
            with.transact(OK, OK, GO_ON, "250 taken");
            with.say("421 4.4.2 idle for too long");
            try {
                with.hear();
            } finally {
                noticed.countDown();
            }
        };
        try (ScriptedServer server = new ScriptedServer(oneThenGone, ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()).withResendsMax(1));
            handOver(client, envelopes(1));
            assertThat(noticed.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(handOver(client, envelopes(2))).extracting(Outcome::fate).containsOnly(Fate.ACCEPTED);
            close(client);
        }
    }

    @Test
    void serverThatClosesDefersOneMessageAndTheOthersTakeAnotherConnection() throws Exception {
        Script closing = with -> {
            with.hello("PIPELINING", "8BITMIME");
            with.answer("421 4.7.0 too many, come back later");
        };
        try (ScriptedServer server = new ScriptedServer(closing, ScriptedServer::friendly)) {
            List<Outcome> outcomes = once(settings(server.port()), envelopes(3));
            assertThat(outcomes).extracting(Outcome::fate).containsExactly(Fate.DEFERRED, Fate.ACCEPTED, Fate.ACCEPTED);
            assertThat(outcomes.getFirst().step()).isEqualTo(Step.MAIL);
        }
    }

    @Test
    void whatIsCertainlyNotSentTakesAnotherConnection() throws Exception {
        Script breaking = with -> {
            with.hello("PIPELINING", "8BITMIME");
            with.answer(OK);
            with.answer(OK);
            with.hear();
        };
        try (ScriptedServer server = new ScriptedServer(breaking, ScriptedServer::friendly)) {
            assertThat(once(settings(server.port()).withResendsMax(1), envelopes(3)))
                    .extracting(Outcome::fate)
                    .containsOnly(Fate.ACCEPTED);
            assertThat(server.complete).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void nothingIsSentTwiceAndNothingIsLostOnABadLine() throws Exception {
        Random random = new Random(7);
        Script unreliable = with -> {
            with.hello("PIPELINING", "8BITMIME");
            while (true) {
                for (String reply : List.of(OK, OK, GO_ON)) {
                    with.hear();
                    if (random.nextInt(20) == 0) {
                        with.reset();
                        return;
                    }
                    with.say(reply);
                }
                with.hearMessage();
                if (random.nextInt(10) == 0) {
                    with.reset();
                    return;
                }
                with.say("250 taken");
            }
        };
        try (ScriptedServer server = new ScriptedServer(unreliable)) {
            SmtpClient client = new SmtpClient(
                    VERTX, settings(server.port()).withConnectionsMax(3).withResendsMax(3));
            List<Envelope> due = envelopes(300);
            Set<String> uncertain = new HashSet<>();
            Set<String> accepted = new HashSet<>();
            // What came back as not sent is offered again, as a dispatcher would.
            while (!due.isEmpty()) {
                List<Envelope> batch = due;
                List<Outcome> outcomes = handOver(client, batch);
                for (int i = 0; i < batch.size(); i++) {
                    String text = new String(batch.get(i).message(), UTF_8);
                    switch (outcomes.get(i).fate()) {
                        case ACCEPTED -> accepted.add(text);
                        case UNKNOWN -> uncertain.add(text);
                        case NOT_SENT -> {}
                        case DEFERRED, REJECTED -> throw new AssertionError(outcomes.get(i));
                    }
                }
                due = IntStream.range(0, batch.size())
                        .filter(i -> outcomes.get(i).fate() == Fate.NOT_SENT)
                        .mapToObj(batch::get)
                        .toList();
            }
            List<String> arrived = server.complete.stream()
                    .map(text -> new String(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8))
                    .toList();
            assertThat(arrived).doesNotHaveDuplicates().containsAll(accepted);
            assertThat(accepted.size() + uncertain.size()).isEqualTo(300);
            assertThat(uncertain).isNotEmpty();
        }
    }

    @Test
    void gateStopsTheRestOfTheBatch() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
            // Asked twice a message: before the envelope and before the body; message 3's envelope is refused.
            AtomicInteger asked = new AtomicInteger();
            List<Outcome> outcomes = handOver(client, envelopes(50), () -> asked.incrementAndGet() <= 4);

            assertThat(outcomes.stream().filter(o -> o.fate() == Fate.ACCEPTED)).hasSize(server.complete.size());
            assertThat(outcomes.stream().filter(o -> o.fate() == Fate.NOT_SENT)).hasSize(50 - server.complete.size());
            assertThat(server.complete.size()).isLessThanOrEqualTo(2);
            assertThat(asked).hasValue(5);
            // The next batch has a gate of its own.
            assertThat(handOver(client, envelopes(1)).getFirst().fate()).isEqualTo(Fate.ACCEPTED);
            close(client);
        }
    }

    @Test
    void gateThatClosesAfterTheEnvelopeStillHoldsTheMessageBack() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
            AtomicInteger asked = new AtomicInteger();
            List<Outcome> outcomes = handOver(client, envelopes(3), () -> asked.incrementAndGet() == 1);
            assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.NOT_SENT);
            assertThat(server.commands).contains("DATA");
            assertThat(server.complete).isEmpty();
        }
    }

    @Test
    void gateThatFailsIsClosed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
            List<Outcome> outcomes = handOver(client, envelopes(2), () -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.NOT_SENT);
            close(client);
        }
    }

    @Test
    void serverThatIsNotThereLeavesEverythingNotSent() throws Exception {
        List<Outcome> outcomes = once(settings(portOfNobody()).withConnectionsMax(4), envelopes(40));
        assertThat(outcomes).extracting(Outcome::fate).containsOnly(Fate.NOT_SENT);
        assertThat(outcomes).extracting(Outcome::step).containsOnly(Step.CONNECT);
    }

    @Test
    void serverThatIsNotThereAgainIsGivenTime() throws Exception {
        SmtpClient client = new SmtpClient(
                VERTX, settings(portOfNobody()).withBackOff(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        assertThat(client.isReady()).isTrue();
        handOver(client, envelopes(1));
        handOver(client, envelopes(1));
        assertThat(client.isReady()).isFalse();
        close(client);
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void closedClientSendsNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
            close(client);
            assertThat(handOver(client, envelopes(2))).extracting(Outcome::fate).containsOnly(Fate.NOT_SENT);
            assertThat(handOver(client, List.of())).isEmpty();
            assertThat(server.connections()).isZero();
        }
    }
}
