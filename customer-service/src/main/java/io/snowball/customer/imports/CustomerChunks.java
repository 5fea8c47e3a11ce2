package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.file.SourceRecord;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.CustomerDraft;
import io.snowball.customer.profile.CustomerOutcome;
import io.snowball.customer.profile.CustomerOutcome.Status;
import io.snowball.customer.profile.Customers;
import io.snowball.customer.profile.FileAttributes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Customers of a file, one a record. The same customer twice in a chunk is one write; what the later record leaves out stays. */
final class CustomerChunks implements ChunkBuilder {
    private final Customers customers;
    private final CustomerRecord reader;
    private final boolean dryRun;
    private Map<String, Told> told = new LinkedHashMap<>();
    private List<LineError> errors = new ArrayList<>();
    private int records;
    private long lastLine;

    CustomerChunks(Customers customers, FileAttributes attributes, ImportView announced, Instant now) {
        this.customers = customers;
        this.dryRun = announced.dryRun();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        this.reader = new CustomerRecord(attributes, ZoneId.of(announced.timeZone()), today);
    }

    /** @param line of the last record */
    private record Told(CustomerDraft draft, long line, int times) {
        Told overlaidBy(Told later) {
            return new Told(draft.overlaidBy(later.draft), later.line, times + 1);
        }
    }

    @Override
    public void add(SourceRecord record) {
        lastLine = record.line();
        records++;
        if (record.fault() != null) {
            errors.add(new LineError(
                    record.line(), record.fault().field(), record.fault().reason()));
            return;
        }
        CustomerDraft draft = draft(record);
        if (draft != null && draft.externalId() != null) {
            told.merge(draft.externalId().key(), new Told(draft, record.line(), 1), Told::overlaidBy);
        }
    }

    private @Nullable CustomerDraft draft(SourceRecord record) {
        try {
            return reader.draft(record.fields());
        } catch (IllegalArgumentException refused) {
            errors.add(new LineError(record.line(), reader.field(), String.valueOf(refused.getMessage())));
            return null;
        }
    }

    @Override
    public void finish() {}

    @Override
    public int size() {
        return records;
    }

    @Override
    public Chunk take() {
        List<Told> batch = List.copyOf(told.values());
        List<LineError> found = errors;
        told = new LinkedHashMap<>();
        errors = new ArrayList<>();
        records = 0;
        List<CustomerDraft> drafts = batch.stream().map(Told::draft).toList();
        Uni<Tally> write =
                Uni.createFrom().deferred(() -> write(drafts)).map(outcomes -> tally(outcomes, batch, found));
        return new Chunk(lastLine, write);
    }

    private Uni<List<CustomerOutcome>> write(List<CustomerDraft> drafts) {
        if (drafts.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return dryRun ? customers.rehearse(drafts) : customers.tellAll(drafts);
    }

    private static Tally tally(List<CustomerOutcome> outcomes, List<Told> batch, List<LineError> found) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        List<LineError> errors = new ArrayList<>(found);
        for (int i = 0; i < outcomes.size(); i++) {
            CustomerOutcome outcome = outcomes.get(i);
            Told each = batch.get(i);
            counts.merge(outcome.status(), 1, Integer::sum);
            Status again = outcome.status() == Status.ACCEPTED ? Status.UPDATED : outcome.status();
            counts.merge(again, each.times() - 1, Integer::sum);
            if (outcome.status() == Status.REJECTED) {
                errors.add(new LineError(each.line(), outcome.field(), CustomerOutcome.TAKEN));
            }
        }
        return new Tally(
                counts.getOrDefault(Status.ACCEPTED, 0),
                counts.getOrDefault(Status.UPDATED, 0),
                counts.getOrDefault(Status.UNCHANGED, 0),
                counts.getOrDefault(Status.REJECTED, 0) + found.size(),
                errors);
    }
}
