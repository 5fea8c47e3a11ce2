package io.snowball.customer.merge;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.CandidateReason;
import io.snowball.customer.identity.CandidateState;
import io.snowball.customer.identity.Candidates.Candidate;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Merges, the review list and identification on the wire. */
final class MergeApi {
    private MergeApi() {}

    @Schema(name = "CreateMerge")
    record CreateMerge(
            @Schema(description = "Who stays; an old id of a merged customer will do") @NotNull
            UUID customerId,

            @Schema(description = "Who is merged into the first and has its id from then on") @NotNull
            UUID mergedCustomerId) {}

    @Schema(name = "MergeView")
    record MergeView(
            @NotNull UUID id,
            @NotNull UUID customerId,
            @NotNull UUID mergedCustomerId,
            @NotNull MergeReason reason,
            @NotNull Instant mergedAt,

            @Schema(description = "The user's id") @NotNull String mergedBy,

            @Nullable Instant unmergedAt,
            @Nullable String unmergedBy)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId, mergedCustomerId);
        }

        static MergeView of(Merge merge) {
            return new MergeView(
                    merge.id(),
                    merge.survivorId(),
                    merge.mergedId(),
                    merge.reason(),
                    merge.mergedAt(),
                    merge.mergedBy(),
                    merge.unmergedAt(),
                    merge.unmergedBy());
        }
    }

    @Schema(name = "MergePage")
    record MergePage(
            @NotNull List<MergeView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .flatMap(merge -> merge.whoseData().stream())
                    .distinct()
                    .toList();
        }

        static MergePage of(Keyset<Merge> page) {
            return new MergePage(page.map(MergeView::of).items(), page.nextCursor());
        }
    }

    @Schema(name = "MergeCandidateView", description = "Two customers who may be one person")
    record MergeCandidateView(
            @NotNull UUID id,
            @NotNull UUID customerId,
            @NotNull UUID otherCustomerId,
            @NotNull CandidateReason reason,
            @NotNull CandidateState state,
            @NotNull Instant createdAt)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId, otherCustomerId);
        }

        static MergeCandidateView of(Candidate candidate) {
            return new MergeCandidateView(
                    candidate.id(),
                    candidate.customerId(),
                    candidate.otherId(),
                    candidate.reason(),
                    candidate.state(),
                    candidate.createdAt());
        }
    }

    @Schema(name = "MergeCandidatePage")
    record MergeCandidatePage(
            @NotNull List<MergeCandidateView> items,
            @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .flatMap(pair -> pair.whoseData().stream())
                    .distinct()
                    .toList();
        }

        static MergeCandidatePage of(Keyset<Candidate> page) {
            return new MergeCandidatePage(page.map(MergeCandidateView::of).items(), page.nextCursor());
        }
    }

    enum Decision {
        MERGE,
        DIFFERENT_PEOPLE
    }

    @Schema(name = "MergeDecision")
    record MergeDecision(
            @NotNull Decision decision,

            @Schema(description = "Who stays, one of the two; the first of them, if left out") @Nullable
            UUID survivorId) {}

    @Schema(name = "IdentityData")
    record IdentityData(
            @NotNull IdentityKind kind,

            @Schema(
                    examples = "crm",
                    description = "Only for EXTERNAL_ID: whose id it is. Left out: the shop's main system",
                    maxLength = Identity.MAX_SYSTEM)
            @Nullable
            String system,

            @Schema(examples = "8 (912) 345-67-89", description = "As people write it; normalised by its kind") @NotNull
            String value) {}

    @Schema(name = "Identification")
    record IdentificationRequest(@NotEmpty @Size(max = 20) List<@NotNull @Valid IdentityData> identities) {

        List<Identity> toIdentities() {
            FieldErrors errors = new FieldErrors();
            List<Identity> read = new ArrayList<>();
            for (int i = 0; i < identities.size(); i++) {
                IdentityData data = identities.get(i);
                Identity identity = errors.read(
                        "/identities/" + i + "/value", () -> Identity.of(data.kind(), data.system(), data.value()));
                if (identity != null) {
                    read.add(identity);
                }
            }
            errors.throwIfAny();
            return read;
        }
    }

    enum IdentificationOutcome {
        /** Known by what was given; nothing was new. */
        KNOWN,
        /** Known, and something new was learnt of the customer. */
        LINKED,
        /** Nobody had any of it: a new customer. */
        CREATED,
        /** Several people share what was given, and nothing says which of them it is. */
        AMBIGUOUS
    }

    @Schema(name = "IdentificationResult")
    record IdentificationResult(
            @NotNull IdentificationOutcome outcome,

            @Schema(description = "Who it is; absent where the outcome is AMBIGUOUS") @Nullable
            UUID customerId,

            @Schema(description = "The identity that decided; absent for a new customer") @Nullable
            IdentityKind decidedBy,

            @Schema(examples = "0", description = "Pairs that were put on the review list") @NotNull
            int doubts)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return customerId == null ? List.of() : List.of(customerId);
        }
    }
}
