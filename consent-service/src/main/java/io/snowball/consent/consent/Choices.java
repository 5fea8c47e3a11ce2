package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocuments;
import io.snowball.consent.document.ConsentDocuments.Signable;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.ConsentType;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person chooses about advertising on a page of ours: a record of its own for each box (requirement r03). */
@ApplicationScoped
public class Choices {
    private final Ledger ledger;
    private final ConsentDocuments documents;
    private final ConfirmationRules confirmations;

    Choices(Ledger ledger, ConsentDocuments documents, ConfirmationRules confirmations) {
        this.ledger = ledger;
        this.documents = documents;
        this.confirmations = confirmations;
    }

    /** @param text the words beside the box where it was ticked; null where the tick was taken away */
    public record Choice(
            String purpose, Channel channel, @Nullable VersionRef text) {}

    /**
     * @param page by what the choices came
     * @param proven the channel over which the link to the page had come: it needs no other confirmation
     */
    public record Visit(
            UUID customerId,
            String page,
            @Nullable Channel proven,
            @Nullable String ip,
            @Nullable String userAgent) {}

    /**
     * Choices that name no text for just that are left out: a page was made up.
     *
     * @return the records made
     */
    public Uni<List<UUID>> record(SqlConnection tx, Visit visit, List<Choice> choices) {
        Set<VersionRef> refs =
                choices.stream().map(Choice::text).filter(Objects::nonNull).collect(Collectors.toSet());
        Set<String> purposes = choices.stream().map(Choice::purpose).collect(Collectors.toSet());
        return documents
                .find(tx, refs)
                .chain(texts -> confirmations
                        .withoutConfirmation(tx, purposes)
                        .chain(without -> ledger.append(
                                tx,
                                choices.stream()
                                        .map(choice -> statement(visit, choice, texts, without))
                                        .flatMap(Optional::stream)
                                        .toList()))
                        .map(entries -> entries.stream()
                                .flatMap(Optional::stream)
                                .map(entry -> entry.event().recordId())
                                .toList()));
    }

    private static Optional<Statement> statement(
            Visit visit, Choice choice, Map<VersionRef, Signable> texts, Set<String> withoutConfirmation) {
        ConsentKey key =
                new ConsentKey(visit.customerId(), ConsentType.ADVERTISING, choice.purpose(), choice.channel());
        Evidence evidence = Evidence.ofLink(visit.page(), visit.ip(), visit.userAgent(), null, details(visit, choice));
        VersionRef ref = choice.text();
        if (ref == null) {
            return Optional.of(new Statement(key, ConsentAction.WITHDRAWN, null, null, Terms.NONE, evidence, true));
        }
        Signable text = texts.get(ref);
        if (text == null
                || text.legacyBundled()
                || text.type() != ConsentType.ADVERTISING
                || !text.purpose().equals(choice.purpose())) {
            return Optional.empty();
        }
        boolean awaits = choice.channel().isAnAddressAnybodyCanType()
                && choice.channel() != visit.proven()
                && !withoutConfirmation.contains(choice.purpose());
        return Optional.of(new Statement(
                key,
                ConsentAction.GIVEN,
                null,
                new SignedText(ref.documentId(), ref.version(), text.sha256()),
                Terms.NONE.awaiting(awaits),
                evidence,
                true));
    }

    /** Who came by a link that was sent to the address has it. */
    private static @Nullable String details(Visit visit, Choice choice) {
        boolean proven = choice.text() != null && choice.channel() == visit.proven();
        return proven ? EvidenceDetails.confirmed(ConfirmationMethod.EMAIL_LINK).text() : null;
    }
}
