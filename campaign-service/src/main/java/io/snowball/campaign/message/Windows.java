package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.campaign.CampaignProgress;
import io.snowball.campaign.channel.MailTransport;
import io.snowball.campaign.message.Dispatch.Ready;
import io.snowball.campaign.message.Triage.Ended;
import io.snowball.campaign.smtp.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Hands rendered mails over, a window at a time: marked, committed, offered, settled. */
@ApplicationScoped
class Windows {
    // The provider has answered by then, only our database has not: its word is kept as long as there is hope.
    private static final Duration SETTLE_RETRY_MIN = Duration.ofMillis(100);
    private static final Duration SETTLE_RETRY_MAX = Duration.ofSeconds(2);
    private static final long SETTLE_RETRY_MILLIS = 60_000;
    /** So often in a row a decision may get too old before a single mail is out. */
    private static final int STALE_MAX = 3;

    private final QueueSql queue;
    private final MessageSql sql;
    private final Deciding deciding;
    private final MailTransport transport;
    private final CampaignProgress progress;
    private final CampaignConfig.Dispatch config;
    private final Clock clock;

    Windows(
            QueueSql queue,
            MessageSql sql,
            Deciding deciding,
            MailTransport transport,
            CampaignProgress progress,
            CampaignConfig config,
            Clock clock) {
        this.queue = queue;
        this.sql = sql;
        this.deciding = deciding;
        this.transport = transport;
        this.progress = progress;
        this.config = config.dispatch();
        this.clock = clock;
    }

    /** @param stale how many windows in a row went by without a mail, because the decision got too old */
    private record Pending(Batch batch, List<Ready> rest, Fresh fresh, BooleanSupplier stopping, int stale) {
        Pending with(List<Ready> newRest, Fresh newFresh) {
            return new Pending(batch, newRest, newFresh, stopping, stale);
        }

        Pending with(List<Ready> newRest, int newStale) {
            return new Pending(batch, newRest, fresh, stopping, newStale);
        }
    }

    boolean canSend() {
        return transport.isReady();
    }

    Uni<Void> send(Batch batch, List<Ready> ready, Fresh fresh, BooleanSupplier stopping) {
        return send(new Pending(batch, ready, fresh, stopping, 0));
    }

    private Uni<Void> send(Pending pending) {
        if (pending.rest().isEmpty()) {
            return cleared(pending.batch());
        }
        if (pending.stopping().getAsBoolean()) {
            return release(pending, clock.instant());
        }
        return pending.fresh().isGood() ? window(pending) : decideAgain(pending).chain(this::window);
    }

    private Uni<Pending> decideAgain(Pending pending) {
        List<Ready> rest = pending.rest();
        return deciding.ask(
                        pending.batch().source().subject(),
                        rest.stream().map(Ready::message).toList(),
                        pending.fresh().addresses())
                .chain(fresh -> {
                    List<Ready> allowed = rest.stream()
                            .filter(ready -> isAllowed(ready, fresh))
                            .toList();
                    return sql.end(
                                    pending.batch().lease(),
                                    refused(rest, fresh),
                                    fresh.decisions().decidedAt())
                            .replaceWith(pending.with(allowed, fresh));
                });
    }

    private Uni<Void> window(Pending pending) {
        List<Ready> window = pending.rest()
                .subList(0, Math.min(config.window(), pending.rest().size()));
        List<Ready> later = pending.rest().subList(window.size(), pending.rest().size());
        if (window.isEmpty()) {
            return cleared(pending.batch());
        }
        return sql.hand(
                        pending.batch().lease(),
                        window.stream().map(Ready::message).toList(),
                        pending.fresh().decisions())
                // Paused, cancelled, or our lease is gone: what is left is not ours to send.
                .chain(mine -> mine ? offer(pending, window, later) : release(pending, clock.instant()));
    }

    private Uni<Void> offer(Pending pending, List<Ready> window, List<Ready> later) {
        return transport
                .handOver(window.stream().map(Ready::envelope).toList(), pending.fresh()::isGood)
                .map(outcomes -> settlements(window, outcomes))
                .chain(settlements -> settle(pending, window, settlements)
                        .chain(() -> goOn(pending, rest(window, settlements, later), settlements)));
    }

    private List<Settlement> settlements(List<Ready> offered, List<Outcome> outcomes) {
        Instant now = clock.instant();
        List<Settlement> settlements = new ArrayList<>(offered.size());
        for (int i = 0; i < offered.size(); i++) {
            settlements.add(
                    Settlement.of(outcomes.get(i), offered.get(i).message().attempts(), config.attemptsMax(), now));
        }
        return settlements;
    }

    private Uni<Void> settle(Pending pending, List<Ready> window, List<Settlement> settlements) {
        return sql.settle(
                        pending.batch().lease(),
                        window.stream().map(Ready::message).toList(),
                        settlements)
                .onFailure()
                .retry()
                .withBackOff(SETTLE_RETRY_MIN, SETTLE_RETRY_MAX)
                .expireIn(SETTLE_RETRY_MILLIS);
    }

    private Uni<Void> goOn(Pending pending, List<Ready> rest, List<Settlement> settlements) {
        if (settlements.stream().anyMatch(Windows::isWithoutConnection)) {
            return hold(pending, "The mail server can't be reached or breaks off; it is tried again every few seconds");
        }
        boolean allStale = settlements.stream().allMatch(one -> one.state() == MessageState.CLAIMED);
        int stale = allStale ? pending.stale() + 1 : 0;
        if (stale >= STALE_MAX) {
            return hold(pending, "The mail server is so slow that consents get too old before a mail is out");
        }
        return send(pending.with(rest, stale));
    }

    private Uni<Void> hold(Pending pending, String why) {
        return release(pending, clock.instant().plus(Settlement.PAUSE))
                .chain(() -> progress.notice(pending.batch().source().campaignId(), why));
    }

    private Uni<Void> release(Pending pending, Instant dueAt) {
        return queue.release(pending.batch().lease(), pending.batch().messages(), dueAt);
    }

    private Uni<Void> cleared(Batch batch) {
        return batch.source().notice() == null
                ? Uni.createFrom().voidItem()
                : progress.notice(batch.source().campaignId(), null);
    }

    private static boolean isAllowed(Ready ready, Fresh fresh) {
        return fresh.decisions().of(ready.message().customerId()).allowed();
    }

    private static List<Ended> refused(List<Ready> rest, Fresh fresh) {
        return rest.stream()
                .filter(ready -> !isAllowed(ready, fresh))
                .map(ready -> Triage.refused(
                        ready.message(), fresh.decisions().of(ready.message().customerId())))
                .toList();
    }

    /** What the gate held back goes first. */
    private static List<Ready> rest(List<Ready> window, List<Settlement> settlements, List<Ready> later) {
        List<Ready> rest = new ArrayList<>();
        for (int i = 0; i < window.size(); i++) {
            if (settlements.get(i).state() == MessageState.CLAIMED) {
                rest.add(window.get(i));
            }
        }
        rest.addAll(later);
        return rest;
    }

    private static boolean isWithoutConnection(Settlement settlement) {
        return settlement.state() == MessageState.DUE && !settlement.refused();
    }
}
