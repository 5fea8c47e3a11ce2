package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentBatchResult;
import io.snowball.consent.consent.ConsentApi.ConsentOutcome;
import io.snowball.consent.consent.ConsentApi.ConsentPage;
import io.snowball.consent.consent.ConsentApi.ConsentStateView;
import io.snowball.consent.consent.ConsentApi.ConsentStatesView;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.consent.ConsentApi.Outcome;
import io.snowball.consent.consent.ConsentApi.RecordConsent;
import io.snowball.consent.consent.ConsentApi.RecordConsents;
import io.snowball.consent.consent.ConsentApi.RecordedConsent;
import io.snowball.consent.consent.ConsentRules.Accepted;
import io.snowball.consent.consent.ConsentRules.Checked;
import io.snowball.consent.consent.ConsentRules.Refused;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Recording what people say about the use of their data, and reading it. */
@ApplicationScoped
public class Consents {
    private final Pool pool;
    private final Ledger ledger;
    private final LedgerSql sql;
    private final StatementChecks checks;
    private final ConfirmationLinks links;
    private final Idempotency idempotency;

    Consents(
            Pool pool,
            Ledger ledger,
            LedgerSql sql,
            StatementChecks checks,
            ConfirmationLinks links,
            Idempotency idempotency) {
        this.pool = pool;
        this.ledger = ledger;
        this.sql = sql;
        this.checks = checks;
        this.links = links;
        this.idempotency = idempotency;
    }

    /**
     * A withdrawal that came by the link in a message.
     *
     * @param ip of whoever pressed the button, often the mail provider in the person's name
     */
    public record LinkWithdrawal(
            UUID messageId,
            UUID customerId,
            String purpose,
            Channel channel,
            @Nullable String ip,
            @Nullable String userAgent) {

        Statement statement() {
            return new Statement(
                    new ConsentKey(customerId, ConsentType.ADVERTISING, purpose, channel),
                    ConsentAction.WITHDRAWN,
                    null,
                    null,
                    Terms.NONE,
                    Evidence.ofLink("unsubscribe-link", ip, userAgent, messageId, null),
                    true);
        }
    }

    /**
     * At once and without any check but the link's signature: a withdrawal is never refused. Harmless when repeated.
     *
     * @return the record by which it is withdrawn
     */
    public Uni<List<UUID>> withdraw(LinkWithdrawal withdrawal) {
        return pool.withTransaction(tx -> ledger.appendAndName(tx, List.of(withdrawal.statement())));
    }

    /** @return what holds afterwards; nothing where the link's consent is not there */
    public Uni<Optional<LinkConfirmation>> confirm(String token, @Nullable String ip, @Nullable String userAgent) {
        return links.read(token)
                .map(link -> pool.withTransaction(tx -> sql.get(tx, link.recordId())
                        .chain(found -> found.map(given -> confirm(tx, given, ip, userAgent))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** Whether a link is one of ours; the database is not asked. */
    public boolean isConfirmation(String token) {
        return links.read(token).isPresent();
    }

    /**
     * @param recordId the record of the confirmation
     * @param counts whether the consent counts now; not where it was withdrawn since
     */
    public record LinkConfirmation(UUID recordId, boolean counts) {}

    private Uni<Optional<LinkConfirmation>> confirm(
            SqlConnection tx, ConsentEvent given, @Nullable String ip, @Nullable String userAgent) {
        Statement statement = new Statement(
                given.key(),
                ConsentAction.CONFIRMED,
                null,
                null,
                Terms.confirming(given.recordId(), given.terms().identifierHash()),
                Evidence.ofLink(
                        "confirmation-link",
                        ip,
                        userAgent,
                        null,
                        EvidenceDetails.confirmed(ConfirmationMethod.EMAIL_LINK).text()),
                false);
        return ledger.append(tx, List.of(statement))
                .map(entries -> entries.getFirst().orElseThrow())
                .map(entry ->
                        Optional.of(new LinkConfirmation(entry.event().recordId(), entry.state() == Standing.GIVEN)));
    }

    Uni<RestResponse<RecordedConsent>> record(@Nullable UUID key, RecordConsent request, String recordedBy) {
        return idempotency.once(
                "recordConsent",
                key,
                request,
                RecordedConsent.class,
                tx -> checks.check(tx, List.of(request), recordedBy)
                        .map(checked -> accepted(checked.getFirst()))
                        .chain(statement -> ledger.append(tx, List.of(statement)))
                        .map(entries -> view(entries.getFirst()))
                        .map(view -> Reply.created("/api/v1/consents/" + view.recordId(), view)));
    }

    Uni<RestResponse<ConsentBatchResult>> recordAll(@Nullable UUID key, RecordConsents request, String recordedBy) {
        return idempotency.once(
                "recordConsents",
                Idempotency.required(key),
                request,
                ConsentBatchResult.class,
                tx -> checks.check(tx, request.items(), recordedBy)
                        .chain(checked -> ledger.append(tx, statements(checked))
                                .map(entries -> outcomes(checked, entries.iterator())))
                        .map(items -> Reply.ok(ConsentBatchResult.of(items))));
    }

    Uni<ConsentPage> list(UUID customerId, int limit, @Nullable String cursor, boolean personal) {
        List<String> after = Cursor.decode(cursor, 1, customerId);
        int afterSequence = after == null ? 0 : Cursor.asInt(after.getFirst());
        return sql.list(pool, customerId, afterSequence, limit + 1)
                .map(rows -> Keyset.of(rows, limit, last -> List.of(String.valueOf(last.sequence())), customerId))
                .map(page -> page.map(event -> ConsentView.of(event, personal)))
                .map(page -> new ConsentPage(page.items(), page.nextCursor()));
    }

    /** Without what is personal in the evidence. */
    public Uni<Optional<ConsentView>> find(UUID recordId) {
        return sql.get(pool, recordId).map(found -> found.map(event -> ConsentView.of(event, false)));
    }

    /** @param personal whether the reader may see personal data */
    public Uni<ConsentView> get(UUID recordId, boolean personal) {
        return sql.get(pool, recordId)
                .map(found -> ConsentView.of(
                        found.orElseThrow(() -> ConsentProblem.RECORD_NOT_FOUND.with(
                                "List the customer's consents to see their record ids")),
                        personal));
    }

    Uni<ConsentStatesView> states(UUID customerId) {
        return sql.states(pool, customerId)
                .map(states -> new ConsentStatesView(
                        customerId, states.stream().map(ConsentStateView::of).toList()));
    }

    private static Statement accepted(Checked checked) {
        return switch (checked) {
            case Accepted accepted -> accepted.statement();
            case Refused refused -> throw refused.exception();
        };
    }

    private static List<Statement> statements(List<Checked> checked) {
        return checked.stream()
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .map(Accepted::statement)
                .toList();
    }

    private List<ConsentOutcome> outcomes(List<Checked> checked, Iterator<Optional<Ledger.Entry>> entries) {
        return checked.stream()
                .map(item -> switch (item) {
                    case Accepted _ -> new ConsentOutcome(Outcome.RECORDED, view(entries.next()), null);
                    case Refused refused -> new ConsentOutcome(Outcome.REFUSED, null, refused.view());
                })
                .toList();
    }

    private RecordedConsent view(Optional<Ledger.Entry> entry) {
        Ledger.Entry written = entry.orElseThrow();
        return RecordedConsent.of(written, links.url(written));
    }
}
