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

    Choices(Ledger ledger, ConsentDocuments documents) {
        this.ledger = ledger;
        this.documents = documents;
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

    /** Choices that name no text for just that are left out: a page was made up. */
    public Uni<Void> record(SqlConnection tx, Visit visit, List<Choice> choices) {
        Set<VersionRef> refs =
                choices.stream().map(Choice::text).filter(Objects::nonNull).collect(Collectors.toSet());
        return documents
                .find(tx, refs)
                .chain(texts -> ledger.append(
                        tx,
                        choices.stream()
                                .map(choice -> statement(visit, choice, texts))
                                .flatMap(Optional::stream)
                                .toList()))
                .replaceWithVoid();
    }

    private static Optional<Statement> statement(Visit visit, Choice choice, Map<VersionRef, Signable> texts) {
        ConsentKey key =
                new ConsentKey(visit.customerId(), ConsentType.ADVERTISING, choice.purpose(), choice.channel());
        Evidence evidence = new Evidence(
                visit.page(), null, visit.ip(), visit.userAgent(), null, null, Actor.SUBJECT, visit.page(), null);
        VersionRef ref = choice.text();
        if (ref == null) {
            return Optional.of(new Statement(key, ConsentAction.WITHDRAWN, null, null, evidence, true));
        }
        Signable text = texts.get(ref);
        if (text == null
                || text.type() != ConsentType.ADVERTISING
                || !text.purpose().equals(choice.purpose())) {
            return Optional.empty();
        }
        return Optional.of(new Statement(
                key,
                ConsentAction.GIVEN,
                null,
                new SignedText(ref.documentId(), ref.version(), text.sha256()),
                evidence,
                true));
    }
}
