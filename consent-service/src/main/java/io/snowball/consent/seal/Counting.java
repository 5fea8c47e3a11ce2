package io.snowball.consent.seal;

import io.snowball.consent.access.AccessAudit;
import io.snowball.consent.consent.ChainAudit;
import io.snowball.consent.seal.SealApi.LedgerFault;
import io.snowball.consent.seal.SealApi.VerificationState;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One verification while it runs. */
final class Counting {
    private static final int FAULTS_MAX = 1000;
    private static final int CLAIM_MINUTES = 5;
    private static final int PAGES_A_REPORT = 100;

    private final UUID id;
    private final List<LedgerFault> faults = new ArrayList<>();
    private final Set<LedgerFault> seen = new HashSet<>();
    private long events;
    private int seals;
    private int pages;
    private long accessRecords;

    Counting(UUID id) {
        this.id = id;
    }

    static OffsetDateTime claimedUntil(OffsetDateTime now) {
        return now.plusMinutes(CLAIM_MINUTES);
    }

    void add(ChainAudit.Page page) {
        events += page.events();
        pages++;
        page.faults().stream().map(LedgerFault::of).forEach(this::add);
    }

    void add(SealAudit.Finding finding) {
        seals++;
        finding.faults().stream().map(LedgerFault::of).forEach(this::add);
        if (finding.brokenSeal() != null) {
            add(LedgerFault.brokenSeal(finding.brokenSeal()));
        }
    }

    void add(AccessAudit.Finding finding) {
        accessRecords += finding.records();
        finding.faults().stream().map(LedgerFault::of).forEach(this::add);
    }

    private void add(LedgerFault fault) {
        if (faults.size() < FAULTS_MAX && seen.add(fault.withoutRecord())) {
            faults.add(fault);
        }
    }

    boolean isWorthReporting() {
        return pages % PAGES_A_REPORT == 0;
    }

    VerificationState outcome() {
        return faults.isEmpty() ? VerificationState.INTACT : VerificationState.FAULTY;
    }

    UUID id() {
        return id;
    }

    long events() {
        return events;
    }

    int seals() {
        return seals;
    }

    long accessRecords() {
        return accessRecords;
    }

    List<LedgerFault> faults() {
        return faults;
    }
}
