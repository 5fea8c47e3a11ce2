package io.snowball.campaign;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real mail server, for what is really sent. */
public class MailSink implements QuarkusTestResourceLifecycleManager {
    private static @Nullable GreenMail server;

    public static GreenMail server() {
        return Objects.requireNonNull(server);
    }

    @Override
    public Map<String, String> start() {
        GreenMail started = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        started.start();
        server = started;
        return Map.of("campaign.smtp.port", String.valueOf(started.getSmtp().getPort()));
    }

    @Override
    public void stop() {
        server().stop();
    }
}
