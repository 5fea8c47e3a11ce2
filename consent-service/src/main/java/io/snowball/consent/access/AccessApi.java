package io.snowball.consent.access;

import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessRecord;
import io.snowball.platform.access.AccessResult;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the access log. */
final class AccessApi {
    static final int BATCH_MAX = 1000;
    private static final String HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private AccessApi() {}

    @Schema(description = "What a service recorded; sent again it does nothing")
    record AccessBatch(
            @Schema(examples = "customer", description = "The service") @NotNull @Pattern(regexp = "[a-z]{2,30}")
            String source,

            @NotNull @Size(max = BATCH_MAX) List<@Valid @NotNull AccessRecord> records) {}

    record AccessRecordView(
            @NotNull UUID id,

            @Schema(examples = "customer", description = "The service") @NotNull
            String source,

            @Schema(examples = "1042", description = "Its place in the chain of the service") @NotNull
            long sequence,

            @NotNull Instant at,

            @Schema(
                    examples = "01890a5d-ac96-774b-bcce-b302099a8057",
                    description =
                            "Who: the id of a user, the name of a service, subject for a person by a link of their own, unknown for a login that failed")
            @NotNull
            String actor,

            @Schema(examples = "[\"sales\"]") @NotNull List<String> roles,

            @NotNull AccessAction action,

            @Schema(examples = "getCustomer", description = "operationId of the contract") @NotNull
            String operation,

            @Schema(description = "What was accessed where it is no customer: an order, a request, a user") @Nullable
            String objectId,

            @Schema(description = "Whose data; of more than 1,000 there is the count and a digest in details") @NotNull
            List<UUID> customerIds,

            @Schema(examples = "1") @NotNull long customers,

            @Schema(
                    examples = "ticket:CRM-4711",
                    description =
                            "The code that the caller gave in Snowball-Access-Reason, or what the endpoint is for")
            @NotNull
            String reason,

            @Schema(examples = "203.0.113.7", description = "Where from") @Nullable
            String address,

            @NotNull AccessResult result,

            @Schema(description = "Keyed hash of what was searched for: the same search has the same one") @Nullable
            String searched,

            @Schema(
                    examples = "purpose=marketing channel=EMAIL class=ADVERTISING allowed=980 denied=20",
                    description = "Counts and codes")
            @Nullable
            String details,

            @Schema(examples = HASH, description = "Of the record before; absent for the first") @Nullable
            String previousHash,

            @Schema(examples = HASH) @NotNull String hash) {
        static AccessRecordView of(Link link) {
            AccessRecord entry = link.entry();
            return new AccessRecordView(
                    entry.id(),
                    link.source(),
                    link.sequence(),
                    entry.at(),
                    entry.actor(),
                    entry.roles(),
                    entry.action(),
                    entry.operation(),
                    entry.objectId(),
                    entry.customers(),
                    entry.customerCount(),
                    entry.reason(),
                    entry.address(),
                    entry.result(),
                    entry.searched(),
                    entry.details(),
                    link.previousHash(),
                    link.hash());
        }
    }

    record AccessRecordPage(
            @NotNull List<AccessRecordView> items, @Nullable String nextCursor) {}

    record RetentionPurge(
            @NotNull UUID id,

            @Schema(examples = "ACCESS_LOG", description = "ACCESS_LOG, SUBJECT_REQUESTS or INCIDENTS") @NotNull
            String what,

            @Schema(examples = "customer") @NotNull String source,

            @Schema(description = "What was older than this") @NotNull
            Instant until,

            @Schema(examples = "1200") @NotNull long rowsRemoved,

            @NotNull Instant purgedAt) {}

    record RetentionPurgePage(
            @NotNull List<RetentionPurge> items, @Nullable String nextCursor) {}
}
