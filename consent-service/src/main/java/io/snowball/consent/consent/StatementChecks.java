package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.RecordConsent;
import io.snowball.consent.consent.ConsentApi.SignedVersion;
import io.snowball.consent.consent.ConsentRules.Checked;
import io.snowball.consent.consent.ConsentRules.Known;
import io.snowball.consent.document.ConsentDocuments;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.LegacyRules;
import io.snowball.consent.document.Purposes;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks up what a batch of requests names and checks them by {@link ConsentRules}. */
@ApplicationScoped
class StatementChecks {
    private final Purposes purposes;
    private final ConsentDocuments documents;
    private final ConfirmationRules confirmations;
    private final LegacyRules legacy;
    private final IdentifierHash identifiers;
    private final Clock clock;

    StatementChecks(
            Purposes purposes,
            ConsentDocuments documents,
            ConfirmationRules confirmations,
            LegacyRules legacy,
            IdentifierHash identifiers,
            Clock clock) {
        this.purposes = purposes;
        this.documents = documents;
        this.confirmations = confirmations;
        this.legacy = legacy;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** @param recordedBy the id of the user or the name of the service that asks */
    Uni<List<Checked>> check(SqlConnection tx, List<RecordConsent> requests, String recordedBy) {
        return known(tx, requests)
                .map(known -> new ConsentRules(known, identifiers, clock.instant()))
                .map(rules -> requests.stream()
                        .map(request -> rules.check(request, recordedBy))
                        .toList());
    }

    private Uni<Known> known(SqlConnection tx, List<RecordConsent> requests) {
        Set<String> codes = requests.stream().map(RecordConsent::purpose).collect(Collectors.toSet());
        Set<VersionRef> refs = requests.stream()
                .map(RecordConsent::document)
                .filter(Objects::nonNull)
                .map(SignedVersion::ref)
                .collect(Collectors.toSet());
        return purposes.known(tx, codes)
                .chain(existing -> documents
                        .find(tx, refs)
                        .chain(versions -> confirmations
                                .withoutConfirmation(tx, existing)
                                .chain(without -> legacy.separateSince(tx)
                                        .map(since -> new Known(existing, versions, without, since)))));
    }
}
