package io.snowball.campaign.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a mail server and how to treat it. Start with {@link #of} and change what differs.
 *
 * @param helloName the name we give in EHLO: the sending machine's public name
 * @param connectionsMax how many connections at most are kept open
 * @param messagesPerConnectionMax after so many messages a connection is closed and another opened; 0 for no limit
 * @param resendsMax how often a message that is certainly not sent is tried on another connection before it is given back
 * @param pipelining false to go step by step even where the server offers PIPELINING
 * @param replyTimeout how long to wait for an answer; {@code endTimeout} the same after the end of a message, where servers scan it
 * @param idleTimeout a connection without work is closed after this, before the server does it
 * @param backOffMin after two failures in a row no connection is opened for this long, doubled at each further one up to {@code backOffMax}
 */
public record SmtpSettings(
        String host,
        int port,
        Tls tls,
        Optional<Login> login,
        String helloName,
        int connectionsMax,
        int messagesPerConnectionMax,
        int resendsMax,
        boolean pipelining,
        Duration connectTimeout,
        Duration replyTimeout,
        Duration endTimeout,
        Duration idleTimeout,
        Duration backOffMin,
        Duration backOffMax) {

    public SmtpSettings {
        if (connectionsMax < 1 || messagesPerConnectionMax < 0 || resendsMax < 0) {
            throw new IllegalArgumentException(
                    "SMTP limits must not be negative, and at least one connection is needed.");
        }
        if (helloName.isEmpty() || !helloName.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("The SMTP hello name must be a host name in ASCII.");
        }
    }

    public enum Mode {
        /** Plain text. */
        OFF,
        /** TLS where the server offers it, its certificate unchecked: protects from listeners, not from impostors. */
        OPPORTUNISTIC,
        /** STARTTLS or nothing, the certificate is checked. */
        REQUIRED,
        /** TLS from the first byte (port 465), the certificate is checked. */
        IMPLICIT
    }

    /** @param trustedCertificates a PEM file to trust instead of the system's; {@code trustAll} for tests and closed networks only */
    public record Tls(Mode mode, Optional<String> trustedCertificates, boolean trustAll) {
        public static final Tls OFF = new Tls(Mode.OFF, Optional.empty(), false);
    }

    /** @param inClear to log in without TLS too: for a closed network, where the mail server knows none */
    public record Login(String user, String password, boolean inClear) {
        @Override
        public String toString() {
            return "Login[…]";
        }
    }

    public static SmtpSettings of(String host, int port) {
        return new SmtpSettings(
                host,
                port,
                Tls.OFF,
                Optional.empty(),
                "localhost",
                4,
                0,
                2,
                true,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));
    }

    public SmtpSettings withTls(Tls value) {
        return copy(value, login, helloName, connectionsMax, messagesPerConnectionMax, resendsMax, pipelining);
    }

    public SmtpSettings withLogin(Login value) {
        return copy(
                tls, Optional.of(value), helloName, connectionsMax, messagesPerConnectionMax, resendsMax, pipelining);
    }

    public SmtpSettings withHelloName(String value) {
        return copy(tls, login, value, connectionsMax, messagesPerConnectionMax, resendsMax, pipelining);
    }

    public SmtpSettings withConnectionsMax(int value) {
        return copy(tls, login, helloName, value, messagesPerConnectionMax, resendsMax, pipelining);
    }

    public SmtpSettings withMessagesPerConnectionMax(int value) {
        return copy(tls, login, helloName, connectionsMax, value, resendsMax, pipelining);
    }

    public SmtpSettings withResendsMax(int value) {
        return copy(tls, login, helloName, connectionsMax, messagesPerConnectionMax, value, pipelining);
    }

    public SmtpSettings withPipelining(boolean value) {
        return copy(tls, login, helloName, connectionsMax, messagesPerConnectionMax, resendsMax, value);
    }

    public SmtpSettings withTimeouts(Duration connect, Duration reply, Duration end, Duration idle) {
        return new SmtpSettings(
                host,
                port,
                tls,
                login,
                helloName,
                connectionsMax,
                messagesPerConnectionMax,
                resendsMax,
                pipelining,
                connect,
                reply,
                end,
                idle,
                backOffMin,
                backOffMax);
    }

    public SmtpSettings withBackOff(Duration min, Duration max) {
        return new SmtpSettings(
                host,
                port,
                tls,
                login,
                helloName,
                connectionsMax,
                messagesPerConnectionMax,
                resendsMax,
                pipelining,
                connectTimeout,
                replyTimeout,
                endTimeout,
                idleTimeout,
                min,
                max);
    }

    private SmtpSettings copy(
            Tls newTls,
            Optional<Login> newLogin,
            String newHelloName,
            int newConnectionsMax,
            int newMessagesPerConnectionMax,
            int newResendsMax,
            boolean newPipelining) {
        return new SmtpSettings(
                host,
                port,
                newTls,
                newLogin,
                newHelloName,
                newConnectionsMax,
                newMessagesPerConnectionMax,
                newResendsMax,
                newPipelining,
                connectTimeout,
                replyTimeout,
                endTimeout,
                idleTimeout,
                backOffMin,
                backOffMax);
    }
}
