package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.RecordedConsent;
import io.snowball.consent.consent.ConsentApi.WithdrawConsents;
import io.snowball.consent.consent.ConsentApi.WithdrawnConsents;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Withdrawals of everything at once. */
@ApplicationScoped
public class Withdrawals {
    private final Ledger ledger;
    private final Idempotency idempotency;
    private final Clock clock;

    Withdrawals(Ledger ledger, Idempotency idempotency, Clock clock) {
        this.clock = clock;
        this.ledger = ledger;
        this.idempotency = idempotency;
    }

    /**
     * Everything, for whatever purpose and over whatever channel, by the person's own hand on a page of ours.
     *
     * @return the records of it
     */
    public Uni<List<UUID>> withdrawEverything(
            SqlConnection tx, UUID customerId, String link, @Nullable String ip, @Nullable String userAgent) {
        Evidence evidence = Evidence.ofLink(link, ip, userAgent, null, null);
        return ledger.appendAndName(tx, everything(customerId, Channel.ANY, null, evidence, true));
    }

    Uni<RestResponse<WithdrawnConsents>> withdrawAll(@Nullable UUID key, WithdrawConsents request, String recordedBy) {
        ConsentRules.Refused refused = ConsentRules.refusedEvidence(request.evidence(), clock.instant());
        if (refused != null) {
            throw refused.exception();
        }
        Evidence evidence = ConsentRules.evidence(request.evidence(), recordedBy);
        Channel channel = request.channel() == null ? Channel.ANY : request.channel();
        List<Statement> statements =
                everything(request.customerId(), channel, request.evidence().at(), evidence, false);
        return idempotency.once(
                "withdrawConsents",
                key,
                request,
                WithdrawnConsents.class,
                tx -> ledger.append(tx, statements)
                        .map(entries -> entries.stream()
                                .map(Optional::orElseThrow)
                                .map(entry -> RecordedConsent.of(entry, null))
                                .toList())
                        .map(items -> Reply.created(
                                "/api/v1/consent-states/" + request.customerId(), new WithdrawnConsents(items))));
    }

    /** Each type of consent is a record of its own (r03); only advertising is withdrawn channel by channel. */
    private static List<Statement> everything(
            UUID customerId, Channel channel, @Nullable Instant at, Evidence evidence, boolean once) {
        Stream<ConsentType> types = switch (channel) {
            case ANY -> Stream.of(ConsentType.values());
            case SMS -> Stream.of(ConsentType.ADVERTISING, ConsentType.SMS_44_1);
            case CALL -> Stream.of(ConsentType.ADVERTISING, ConsentType.MASS_CALL_44_1_1);
            case EMAIL, PUSH, WEB_PUSH, TELEGRAM, VK, MAX, WHATSAPP, VIBER, POST -> Stream.of(ConsentType.ADVERTISING);
        };
        return types.map(type -> new ConsentKey(
                        customerId,
                        type,
                        ConsentKey.ALL_PURPOSES,
                        type == ConsentType.ADVERTISING ? channel : Channel.ANY))
                .map(key -> new Statement(key, ConsentAction.WITHDRAWN, at, null, Terms.NONE, evidence, once))
                .toList();
    }
}
