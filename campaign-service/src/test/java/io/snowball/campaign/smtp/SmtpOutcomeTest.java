package io.snowball.campaign.smtp;

import static io.snowball.campaign.smtp.SmtpTestKit.VERTX;
import static io.snowball.campaign.smtp.SmtpTestKit.close;
import static io.snowball.campaign.smtp.SmtpTestKit.envelope;
import static io.snowball.campaign.smtp.SmtpTestKit.envelopes;
import static io.snowball.campaign.smtp.SmtpTestKit.handOver;
import static io.snowball.campaign.smtp.SmtpTestKit.once;
import static io.snowball.campaign.smtp.SmtpTestKit.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.smtp.ScriptedServer.Conversation;
import io.snowball.campaign.smtp.ScriptedServer.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way a conversation can go, and what it says of the message: above all, NOT_SENT and UNKNOWN are never mixed up. */
class SmtpOutcomeTest {
    private static final String OK = "250 2.1.0 Ok";
    private static final String GO_ON = "354 go on";
    private static final String QUEUED = "250 2.0.0 Ok: queued as 4X";

    @Nested
    class Replies {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void acceptedByTheServersYes(boolean pipelining) throws Exception {
            Outcome outcome = reply(pipelining, OK, OK, GO_ON, QUEUED);

            assertThat(outcome.fate()).isEqualTo(Fate.ACCEPTED);
            assertThat(outcome.step()).isEqualTo(Step.END);
            assertThat(outcome.enhancedCode()).isEqualTo("2.0.0");
            assertThat(outcome.text()).isEqualTo(QUEUED);
        }

        @ParameterizedTest
        @CsvSource({
            "MAIL, 550 5.7.1 no, 503 x, 503 x, REJECTED",
            "MAIL, 451 4.7.1 later, 503 x, 503 x, DEFERRED",
            "MAIL, 530 5.7.0 log in, 503 x, 503 x, DEFERRED",
            "RCPT, 250 ok, 550 5.1.1 unknown, 503 x, REJECTED",
            "RCPT, 250 ok, 450 4.2.0 greylisted, 503 x, DEFERRED",
            "DATA, 250 ok, 250 ok, 554 5.7.0 no, REJECTED",
            "DATA, 250 ok, 250 ok, 452 4.3.1 full, DEFERRED",
        })
        void refusedBeforeTheMessage(Step step, String mail, String rcpt, String data, Fate fate) throws Exception {
            Outcome outcome = reply(true, mail, rcpt, data, "");
            assertThat(outcome.fate()).isEqualTo(fate);
            assertThat(outcome.step()).isEqualTo(step);
        }

        @ParameterizedTest
        @CsvSource({
            "MAIL, 550 5.7.1 no, REJECTED",
            "MAIL, 451 4.7.1 later, DEFERRED",
            "RCPT, 550 5.1.1 unknown, REJECTED",
            "RCPT, 450 4.2.0 greylisted, DEFERRED",
            "DATA, 554 5.7.0 no, REJECTED",
            "DATA, 452 4.3.1 full, DEFERRED",
        })
        void refusedStepByStep(Step at, String refusal, Fate fate) throws Exception {
            Script script = with -> {
                with.hello("8BITMIME");
                for (Step step : List.of(Step.MAIL, Step.RCPT, Step.DATA)) {
                    with.answer(step == at ? refusal : OK);
                    if (step == at) {
                        break;
                    }
                }
                with.takeAll();
            };
            try (ScriptedServer server = new ScriptedServer(script)) {
                List<Outcome> outcomes = once(settings(server.port()), envelopes(2));
                assertThat(outcomes).extracting(Outcome::fate).containsExactly(fate, Fate.ACCEPTED);
                assertThat(outcomes.getFirst().step()).isEqualTo(at);
                assertThat(server.complete).hasSize(1);
            }
        }

        @ParameterizedTest
        @CsvSource({"552 5.3.4 too big, REJECTED", "451 4.3.0 try later, DEFERRED", "421 4.3.2 closing, DEFERRED"})
        void refusedAfterTheMessage(String end, Fate fate) throws Exception {
            Outcome outcome = reply(true, OK, OK, GO_ON, end);
            assertThat(outcome.fate()).isEqualTo(fate);
            assertThat(outcome.step()).isEqualTo(Step.END);
        }

        @Test
        void noAddressGetsIntoTheText() throws Exception {
            Outcome outcome = reply(
                    true,
                    OK,
                    "550 5.1.1 <ivan@example.ru>: Recipient address rejected: no ivan@example.ru here",
                    "503 x",
                    "");
            assertThat(outcome.text())
                    .doesNotContain("ivan")
                    .contains("Recipient address rejected")
                    .startsWith("550");
            assertThat(outcome.enhancedCode()).isEqualTo("5.1.1");
        }

        /** RFC 2920, 3.1: some servers answer DATA by 354 although there is no recipient. */
        @Test
        void refusedRecipientStaysRefusedWhereTheServerAsksForTheMessageAllTheSame() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.transact(OK, "550 5.1.1 unknown", GO_ON, "554 5.5.1 no valid recipients");
                with.takeAll();
            };
            try (ScriptedServer server = new ScriptedServer(script)) {
                List<Outcome> outcomes = once(settings(server.port()), envelopes(2));
                assertThat(outcomes).extracting(Outcome::fate).containsExactly(Fate.REJECTED, Fate.ACCEPTED);
                assertThat(server.complete.getFirst()).isEmpty();
            }
        }

        @Test
        void repliesMayComeInPieces() throws Exception {
            Script script = with -> {
                with.sayByteByByte("220-nasty\r\n220 ESMTP");
                with.hear();
                with.sayByteByByte("250-nasty\r\n250-PIPELINING\r\n250 8BITMIME");
                for (int i = 0; i < 3; i++) {
                    for (String reply : List.of(OK, "250-first\r\n250 second", GO_ON)) {
                        with.hear();
                        with.sayByteByByte(reply);
                    }
                    with.hearMessage();
                    with.sayByteByByte("250-2.0.0 taken\r\n250 2.0.0 Ok");
                }
                with.takeAll();
            };
            try (ScriptedServer server = new ScriptedServer(script)) {
                assertThat(once(settings(server.port()), envelopes(3)))
                        .extracting(Outcome::fate)
                        .containsOnly(Fate.ACCEPTED);
            }
        }

        @Test
        void nonsenseAfterTheEndLeavesTheFateUnknown() throws Exception {
            assertThat(reply(true, OK, OK, GO_ON, "what?").fate()).isEqualTo(Fate.UNKNOWN);
            assertThat(reply(true, OK, OK, GO_ON, "354 more?").fate()).isEqualTo(Fate.UNKNOWN);
        }

        private Outcome reply(boolean pipelining, String mail, String rcpt, String data, String end) throws Exception {
            Script script = with -> {
                with.hello(pipelining ? new String[] {"PIPELINING", "8BITMIME"} : new String[] {"8BITMIME"});
                with.transact(mail, rcpt, data, end);
                with.waitForever();
            };
            try (ScriptedServer server = new ScriptedServer(script)) {
                SmtpClient client = new SmtpClient(VERTX, settings(server.port()));
                return handOver(client, List.of(envelope("x"))).getFirst();
            }
        }
    }

    @Nested
    class Drops {
        @Test
        void atTheDoor() throws Exception {
            assertThat(drop(with -> {}).fate()).isEqualTo(Fate.NOT_SENT);
        }

        @Test
        void afterTheGreeting() throws Exception {
            assertThat(drop(with -> with.say("220 x")).fate()).isEqualTo(Fate.NOT_SENT);
        }

        @Test
        void inTheMiddleOfALine() throws Exception {
            assertThat(drop(with -> with.say("220-half")).fate()).isEqualTo(Fate.NOT_SENT);
        }

        @Test
        void afterEhlo() throws Exception {
            assertThat(drop(with -> with.hello("PIPELINING", "8BITMIME")).fate())
                    .isEqualTo(Fate.NOT_SENT);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3})
        void amongTheEnvelope(int heard) throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                for (int i = 0; i < heard; i++) {
                    with.hear();
                }
            };
            assertThat(drop(script).fate()).isEqualTo(Fate.NOT_SENT);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void afterAnAnswerToTheEnvelope(int answered) throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                for (int i = 0; i < answered; i++) {
                    with.answer(OK);
                }
            };
            assertThat(drop(script).fate()).isEqualTo(Fate.NOT_SENT);
        }

        @Test
        void afterTheRecipientWasRefused() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.answer(OK);
                with.answer("550 5.1.1 unknown");
            };
            assertThat(drop(script).fate()).isEqualTo(Fate.REJECTED);
        }

        /** The message is far larger than what sockets hold, so its end was certainly not written. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void inTheMiddleOfABigMessage(boolean reset) throws Exception {
            Script script = with -> {
                with.hello("PIPELINING");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.skip(100_000);
                if (reset) {
                    with.reset();
                }
            };
            byte[] big = "0123456789abcdef\r\n".repeat(2_000_000).getBytes(US_ASCII);
            try (ScriptedServer server = new ScriptedServer(script)) {
                Outcome outcome = once(settings(server.port()), List.of(envelope("ivan@example.ru", big)))
                        .getFirst();
                assertThat(outcome.fate()).isEqualTo(Fate.NOT_SENT);
                assertThat(outcome.step()).isEqualTo(Step.END);
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void afterTheEnd(boolean reset) throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.hearMessage();
                if (reset) {
                    with.reset();
                }
            };
            assertThat(drop(script).fate()).isEqualTo(Fate.UNKNOWN);
        }

        @Test
        void inTheMiddleOfTheLastAnswer() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.hearMessage();
                with.say("250-queued, wait");
            };
            assertThat(drop(script).fate()).isEqualTo(Fate.UNKNOWN);
        }

        /** With overlap the next envelope is out when the first end is unanswered: only the first is uncertain. */
        @Test
        void onlyOneMessageIsUncertain() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.hearMessage();
                with.hear();
                with.hear();
                with.hear();
            };
            try (ScriptedServer server = new ScriptedServer(script)) {
                List<Outcome> outcomes = once(settings(server.port()), envelopes(2));
                assertThat(outcomes).extracting(Outcome::fate).containsExactly(Fate.UNKNOWN, Fate.NOT_SENT);
            }
        }

        private Outcome drop(Script script) throws Exception {
            try (ScriptedServer server = new ScriptedServer(script)) {
                return once(settings(server.port()), List.of(envelope("x"))).getFirst();
            }
        }
    }

    @Nested
    class Silence {
        private static final Duration SHORT = Duration.ofMillis(100);
        private static final Duration LONG = Duration.ofMinutes(1);

        @Test
        void beforeTheMessage() throws Exception {
            assertThat(silence(with -> with.hello("PIPELINING", "8BITMIME")).fate())
                    .isEqualTo(Fate.NOT_SENT);
        }

        @Test
        void afterTheEnd() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING", "8BITMIME");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.hearMessage();
            };
            assertThat(silence(script).fate()).isEqualTo(Fate.UNKNOWN);
        }

        @Test
        void withoutAGreeting() throws Exception {
            assertThat(silence(with -> {}).fate()).isEqualTo(Fate.NOT_SENT);
        }

        /** A server that stops reading: giving up must not let the rest of the message go out after all. */
        @Test
        void inTheMiddleOfABigMessage() throws Exception {
            Script script = with -> {
                with.hello("PIPELINING");
                with.answer(OK);
                with.answer(OK);
                with.answer(GO_ON);
                with.skip(10_000);
                parked(with);
            };
            byte[] big = "0123456789abcdef\r\n".repeat(2_000_000).getBytes(US_ASCII);
            try (ScriptedServer server = new ScriptedServer(script)) {
                SmtpClient client =
                        new SmtpClient(VERTX, settings(server.port()).withTimeouts(LONG, SHORT, SHORT, LONG));
                Outcome outcome = handOver(client, List.of(envelope("ivan@example.ru", big)))
                        .getFirst();
                assertThat(outcome.fate()).isEqualTo(Fate.NOT_SENT);
                assertThat(server.complete).isEmpty();
            }
        }

        /** Reads nothing more, and doesn't close either. */
        private static void parked(Conversation with) {
            LockSupport.park(with);
        }

        private Outcome silence(Script script) throws Exception {
            Script silent = with -> {
                script.talk(with);
                with.waitForever();
            };
            try (ScriptedServer server = new ScriptedServer(silent)) {
                SmtpClient client =
                        new SmtpClient(VERTX, settings(server.port()).withTimeouts(LONG, SHORT, SHORT, LONG));
                Outcome outcome = handOver(client, List.of(envelope("x"))).getFirst();
                close(client);
                return outcome;
            }
        }
    }
}
