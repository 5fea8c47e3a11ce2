package io.snowball.campaign.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.snowball.campaign.smtp.SmtpSettings.Login;
import io.snowball.campaign.smtp.SmtpSettings.Mode;
import io.vertx.core.Future;
import java.util.Base64;

/** From the greeting to a connection that is ready for messages: EHLO, STARTTLS, AUTH. */
final class Handshake {
    private final SmtpConnection connection;
    private final SmtpSettings settings;

    Handshake(SmtpConnection connection, SmtpSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    Future<Capabilities> run() {
        return connection
                .greeting()
                .compose(greeting -> positive(greeting, "The mail server does not want us"))
                .compose(_ -> hello())
                .compose(this::secure)
                .compose(this::logIn);
    }

    private Future<Capabilities> hello() {
        return connection.command("EHLO " + settings.helloName()).compose(reply -> {
            boolean onlyOld = reply.code() == 500 || reply.code() == 502 || reply.code() == 504;
            return onlyOld
                    ? oldHello()
                    : positive(reply, "The mail server refused EHLO").map(Capabilities::of);
        });
    }

    private Future<Capabilities> oldHello() {
        return connection
                .command("HELO " + settings.helloName())
                .compose(reply -> positive(reply, "The mail server refused HELO"))
                .map(_ -> Capabilities.NONE);
    }

    private Future<Capabilities> secure(Capabilities plain) {
        Mode mode = settings.tls().mode();
        if (mode == Mode.OFF || mode == Mode.IMPLICIT) {
            return Future.succeededFuture(plain);
        }
        if (plain.startTls()) {
            return connection.command("STARTTLS").compose(reply -> reply.isPositive() ? upgrade() : withoutTls(plain));
        }
        return withoutTls(plain);
    }

    /** What was said in plain text counts for nothing after TLS: ask again. */
    private Future<Capabilities> upgrade() {
        return connection.upgradeToTls().compose(_ -> hello());
    }

    private Future<Capabilities> withoutTls(Capabilities plain) {
        if (settings.tls().mode() == Mode.REQUIRED) {
            return fail("The mail server offers no STARTTLS but TLS is required: check its port and set-up.");
        }
        return Future.succeededFuture(plain);
    }

    private Future<Capabilities> logIn(Capabilities server) {
        if (settings.login().isEmpty()) {
            return Future.succeededFuture(server);
        }
        Login login = settings.login().get();
        // Whoever sits on the line reads along, and can strip STARTTLS from the answer; the password must not follow.
        if (!connection.isTls() && !login.inClear()) {
            return fail("The password is not sent without TLS: set it to required or implicit, or use another port.");
        }
        Future<Reply> answer;
        if (server.auth().contains("PLAIN")) {
            answer = connection.command("AUTH PLAIN " + base64("\0" + login.user() + "\0" + login.password()));
        } else if (server.auth().contains("LOGIN")) {
            answer = connection
                    .command("AUTH LOGIN")
                    .compose(reply -> continued(reply, login.user()))
                    .compose(reply -> continued(reply, login.password()));
        } else {
            return fail(
                    "The mail server offers neither AUTH PLAIN nor AUTH LOGIN: check port and TLS, or remove the login.");
        }
        return answer.compose(reply -> positive(reply, "The mail server refused the login"))
                .map(_ -> server);
    }

    private Future<Reply> continued(Reply reply, String secret) {
        return reply.code() == 334 ? connection.command(base64(secret)) : Future.succeededFuture(reply);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static Future<Reply> positive(Reply reply, String otherwise) {
        return reply.isPositive() ? Future.succeededFuture(reply) : fail(otherwise + ": " + reply.text());
    }

    private static <T> Future<T> fail(String reason) {
        return Future.failedFuture(new ReplyParser.ProtocolException(reason));
    }
}
