package io.snowball.campaign.email;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.channel.MailTransport;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.SmtpClient;
import io.snowball.campaign.smtp.SmtpSettings;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The mail server of the settings. A test that records instead is a bean of its own. */
@ApplicationScoped
@DefaultBean
class SmtpTransport implements MailTransport {
    private final SmtpClient client;

    SmtpTransport(Vertx vertx, CampaignConfig config) {
        this.client = new SmtpClient(vertx, settings(config.smtp()));
    }

    private static SmtpSettings settings(CampaignConfig.Smtp smtp) {
        SmtpSettings settings = SmtpSettings.of(smtp.host(), smtp.port())
                .withTls(new SmtpSettings.Tls(smtp.tls(), smtp.trustedCertificates(), smtp.trustAll()))
                .withHelloName(smtp.helloName())
                .withConnectionsMax(smtp.connections());
        return smtp.user()
                .map(user -> settings.withLogin(
                        new SmtpSettings.Login(user, smtp.password().orElse(""), smtp.loginInClear())))
                .orElse(settings);
    }

    @Override
    public Uni<List<Outcome>> handOver(List<Envelope> window, BooleanSupplier mayStillSend) {
        return client.handOver(window, mayStillSend);
    }

    @Override
    public boolean isReady() {
        return client.isReady();
    }
}
