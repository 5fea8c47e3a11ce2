package io.snowball.campaign.confirmation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.channel.MailTransport;
import io.snowball.campaign.confirmation.ConfirmationSql.Claimed;
import io.snowball.campaign.confirmation.ConfirmationSql.Settled;
import io.snowball.campaign.email.EmailComposer;
import io.snowball.campaign.email.EmailComposer.Unfit;
import io.snowball.campaign.sibling.Addresses;
import io.snowball.campaign.sibling.Addresses.Addressee;
import io.snowball.campaign.sibling.ConfirmationLinks;
import io.snowball.campaign.sibling.SiblingException;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Sends them, a few at a time: address, link, mail, as the dispatcher does it, and the same certainty after a crash. */
@ApplicationScoped
class ConfirmationMails {
    private static final String EMAIL = "EMAIL";
    private static final String DUE = "DUE";
    private static final int BATCH = 100;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final ConfirmationSql sql;
    private final Addresses addresses;
    private final ConfirmationLinks links;
    private final EmailComposer composer;
    private final MailTransport transport;
    private final Vertx vertx;
    private final CampaignConfig config;
    private final Clock clock;

    ConfirmationMails(
            ConfirmationSql sql,
            Addresses addresses,
            ConfirmationLinks links,
            EmailComposer composer,
            MailTransport transport,
            Vertx vertx,
            CampaignConfig config,
            Clock clock) {
        this.sql = sql;
        this.addresses = addresses;
        this.links = links;
        this.composer = composer;
        this.transport = transport;
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
    }

    private record Composed(List<Envelope> mails, List<Settled> over) {}

    @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        if (!config.confirmation().enabled() || !transport.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return sql.claim(BATCH)
                .chain(claimed -> claimed.isEmpty() ? Uni.createFrom().voidItem() : send(claimed));
    }

    private Uni<Void> send(List<Claimed> claimed) {
        return addresses
                .of(EMAIL, claimed.stream().map(Claimed::customerId).collect(Collectors.toSet()))
                .chain(found -> ask(claimed, found))
                .onFailure(SiblingException.class)
                .recoverWithUni(failure -> sql.settle(again(claimed, String.valueOf(failure.getMessage())), PAUSE));
    }

    private Uni<Void> ask(List<Claimed> claimed, Map<UUID, Addressee> found) {
        Map<UUID, String> wanted = new HashMap<>();
        for (Claimed mail : claimed) {
            Addressee to = found.get(mail.customerId());
            if (to != null) {
                wanted.put(mail.recordId(), to.address());
            }
        }
        long askedAt = System.nanoTime();
        BooleanSupplier isFresh = () ->
                System.nanoTime() - askedAt < config.dispatch().decisionValid().toNanos();
        return links.of(wanted)
                .chain(known -> vertx.executeBlocking(() -> compose(claimed, found, known), false))
                .call(composed -> sql.settle(composed.over(), PAUSE))
                .chain(composed -> composed.mails().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : handOver(composed.mails(), claimed, isFresh));
    }

    private Composed compose(List<Claimed> claimed, Map<UUID, Addressee> found, Map<UUID, String> links) {
        List<Envelope> mails = new ArrayList<>();
        List<Settled> over = new ArrayList<>();
        for (Claimed mail : claimed) {
            Addressee to = found.get(mail.customerId());
            String link = links.get(mail.recordId());
            if (to == null || link == null) {
                // Confirmed or withdrawn meanwhile, for another address, or not to be written to.
                over.add(new Settled(mail.recordId(), "SUPPRESSED", to == null ? "NO_ADDRESS" : "NOT_AWAITED", false));
                continue;
            }
            try {
                mails.add(compose(mail, to, link));
            } catch (Unfit unfit) {
                over.add(new Settled(mail.recordId(), "FAILED", unfit.getMessage(), false));
            }
        }
        return new Composed(mails, over);
    }

    private Envelope compose(Claimed mail, Addressee to, String link) throws Unfit {
        ConfirmationText text =
                ConfirmationText.of(to.language(), config.sender().name(), link);
        return composer.plain(mail.recordId(), to, clock.instant(), text.subject(), text.text(), text.html());
    }

    private Uni<Void> handOver(List<Envelope> mails, List<Claimed> claimed, BooleanSupplier isFresh) {
        Map<UUID, Integer> attempts = claimed.stream().collect(Collectors.toMap(Claimed::recordId, Claimed::attempts));
        return sql.hand(mails.stream().map(Envelope::id).toList())
                .map(handed -> ours(mails, handed))
                .chain(ours -> ours.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transport
                                .handOver(ours, isFresh)
                                .map(outcomes -> outcomes.stream()
                                        .map(outcome -> settled(outcome, attempts.getOrDefault(outcome.id(), 0)))
                                        .toList())
                                .chain(settled -> sql.settle(settled, PAUSE)));
    }

    private static List<Envelope> ours(List<Envelope> mails, Set<UUID> handed) {
        return mails.stream().filter(mail -> handed.contains(mail.id())).toList();
    }

    private Settled settled(Outcome outcome, int attempts) {
        String code = outcome.code() == 0 ? outcome.step().name() : "SMTP " + outcome.code();
        return switch (outcome.fate()) {
            case ACCEPTED -> new Settled(outcome.id(), "SENT", null, false);
            case REJECTED -> new Settled(outcome.id(), "FAILED", code, true);
            case DEFERRED ->
                new Settled(outcome.id(), attempts + 1 >= config.dispatch().attemptsMax() ? "FAILED" : DUE, code, true);
            case NOT_SENT -> new Settled(outcome.id(), DUE, outcome.step() == Step.CHECK ? null : code, false);
            case UNKNOWN -> new Settled(outcome.id(), "UNCERTAIN", "NO_ANSWER", true);
        };
    }

    private static List<Settled> again(List<Claimed> claimed, String why) {
        return claimed.stream()
                .map(mail -> new Settled(mail.recordId(), DUE, why, false))
                .toList();
    }
}
