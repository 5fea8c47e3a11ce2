package io.snowball.campaign;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.snowball.campaign.mail.TransferEncoding;
import io.snowball.campaign.smtp.SmtpSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** The settings of campaign-service. */
@ConfigMapping(prefix = "campaign")
public interface CampaignConfig {
    Plan plan();

    Dispatch dispatch();

    Smtp smtp();

    Sender sender();

    Dkim dkim();

    Retention retention();

    Confirmation confirmation();

    interface Plan {
        @WithDefault("true")
        boolean enabled();

        /** Members asked for and planned at once; one transaction, which should stay below a second. */
        @WithDefault("10000")
        @Min(1)
        @Max(50_000)
        int page();
    }

    interface Dispatch {
        /** Batches under way at once in this process; 0 to dispatch nothing here. */
        @WithDefault("4")
        @Min(0)
        int workers();

        /** Sent within the half second for which its decision is good: more of them would be asked for twice. */
        @WithDefault("250")
        @Min(1)
        @Max(1000)
        int batch();

        /** Messages between two looks at campaign and lease: as many can be uncertain after a crash, for each worker. */
        @WithDefault("125")
        @Min(1)
        @Max(1000)
        int window();

        /** How old a consent decision may be when a message is put on the wire. */
        @WithDefault("500ms")
        Duration decisionValid();

        /** A lease that was not renewed for so long belongs to a dead dispatcher. */
        @WithDefault("10s")
        Duration leaseTimeout();

        /** How often a worker that found nothing looks again. */
        @WithDefault("200ms")
        Duration idlePause();

        /** After so many "try later" of the provider a message has failed. */
        @WithDefault("8")
        @Min(1)
        int attemptsMax();

        /** What an estimate reckons with. */
        @WithDefault("1000")
        @Min(1)
        int expectedPerSecond();
    }

    interface Smtp {
        @WithDefault("localhost")
        String host();

        @WithDefault("2525")
        int port();

        @WithDefault("off")
        SmtpSettings.Mode tls();

        /** A PEM file to trust instead of the system's certificates. */
        Optional<String> trustedCertificates();

        @WithDefault("false")
        boolean trustAll();

        Optional<String> user();

        Optional<String> password();

        /** Without TLS the password is not sent, unless this says so: for a closed network only. */
        @WithDefault("false")
        boolean loginInClear();

        /** This machine's public name, for EHLO. */
        @WithDefault("localhost")
        String helloName();

        @WithDefault("8")
        @Min(1)
        int connections();
    }

    interface Sender {
        @WithDefault("news@snowball.localhost")
        String address();

        @WithDefault("Snowball")
        String name();

        Optional<String> replyTo();

        /** 8bit halves Cyrillic mails; only for servers that offer 8BITMIME. */
        @WithDefault("quoted-printable")
        TransferEncoding encoding();
    }

    /** The mails of the double opt-in. */
    interface Confirmation {
        /** Whether they are sent at all; no for who sends its own. */
        @WithDefault("true")
        boolean enabled();

        /** A consent that was said longer ago gets none: it came with an import. */
        @WithDefault("24h")
        Duration maxAge();
    }

    interface Retention {
        /** How long messages and their events are kept after their campaign's last hand-over (152-fz: the burden of proof). */
        @WithDefault("P3Y")
        Period sendLog();

        /** How often the worker looks. */
        @WithDefault("6h")
        String every();
    }

    /** Mails are signed where a key is given; domain and selector without one are refused at start. */
    interface Dkim {
        Optional<String> domain();

        Optional<String> selector();

        /** A PKCS #8 key in PEM, RSA or Ed25519. */
        Optional<Path> keyFile();
    }
}
