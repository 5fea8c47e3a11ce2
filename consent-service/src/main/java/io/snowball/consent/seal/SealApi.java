package io.snowball.consent.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.consent.access.AccessAudit;
import io.snowball.consent.consent.ChainAudit.Fault;
import io.snowball.consent.consent.ChainAudit.Kind;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of seals and verifications. */
final class SealApi {
    private static final String HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private SealApi() {}

    record LedgerSeal(
            @Schema(examples = "1", description = "None is left out") @NotNull
            int number,

            @Schema(examples = "5000") @NotNull long events,

            @Schema(examples = HASH, description = "RFC 6962 Merkle root of the events' hashes") @NotNull
            String root,

            @Schema(examples = HASH, description = "Of the seal before; absent for the first") @Nullable
            String previousHash,

            @NotNull Instant sealedAt,

            @Schema(examples = HASH) @NotNull String hash,

            @Schema(description = "What was hashed, signed as a compact JWS (EdDSA); see consent-keys") @NotNull
            String signature) {

        static LedgerSeal of(Seal seal) {
            return new LedgerSeal(
                    seal.number(),
                    seal.events(),
                    seal.root(),
                    seal.previousHash(),
                    seal.sealedAt(),
                    seal.hash(),
                    seal.signature());
        }
    }

    record LedgerSealPage(
            @NotNull List<LedgerSeal> items, @Nullable String nextCursor) {}

    enum VerificationState {
        RUNNING,
        INTACT,
        FAULTY
    }

    record LedgerVerification(
            @NotNull UUID id,
            @NotNull VerificationState state,
            @NotNull Instant startedAt,
            @Nullable Instant finishedAt,

            @Schema(examples = "5000", description = "Counted again so far") @NotNull
            long events,

            @Schema(examples = "12") @NotNull int seals,

            @Schema(examples = "90000", description = "Of the access log of all services, counted again so far")
            @NotNull
            long accessRecords,

            @Schema(description = "The first 1,000") @NotNull
            List<LedgerFault> faults) {}

    record LedgerVerificationPage(
            @NotNull List<LedgerVerification> items,
            @Nullable String nextCursor) {}

    record ChainVerification(
            @NotNull UUID customerId,
            @NotNull boolean intact,
            @Schema(examples = "4") @NotNull long events,

            @NotNull List<LedgerFault> faults) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LedgerFault(
            @Schema(
                    examples = "ALTERED",
                    description =
                            "ALTERED, REMOVED, MOVED or ADDED of an event; STATE_WRONG where decisions are taken by something else than the events; SEAL_BROKEN where a seal is not what was signed")
            @NotNull
            String kind,

            @Nullable UUID customerId,

            @Schema(description = "The number of the event in the customer's ledger") @Nullable
            Long sequence,

            @Nullable UUID recordId,

            @Schema(description = "The number of the seal that is broken") @Nullable
            Integer seal,

            @Schema(
                    examples = "customer",
                    description = "Of a record of the access log: the service; sequence is its place there")
            @Nullable
            String source) {

        static LedgerFault of(Fault fault) {
            Long sequence = fault.kind() == Kind.STATE_WRONG ? null : Long.valueOf(fault.sequence());
            return new LedgerFault(fault.kind().name(), fault.customerId(), sequence, fault.recordId(), null, null);
        }

        static LedgerFault of(AccessAudit.Fault fault) {
            return new LedgerFault(fault.kind().name(), null, fault.sequence(), null, null, fault.source());
        }

        static LedgerFault brokenSeal(int number) {
            return new LedgerFault("SEAL_BROKEN", null, null, null, number, null);
        }

        /** The same event, by whichever check it was found. */
        LedgerFault withoutRecord() {
            return new LedgerFault(kind, customerId, sequence, null, seal, source);
        }
    }
}
