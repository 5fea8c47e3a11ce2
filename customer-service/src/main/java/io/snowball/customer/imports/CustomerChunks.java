package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.file.SourceRecord;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.CustomerDraft;
import io.snowball.customer.profile.CustomerOutcome;
import io.snowball.customer.profile.CustomerOutcome.Status;
import io.snowball.customer.profile.Customers;
import io.snowball.customer.profile.Profile;
import io.snowball.customer.profile.Sex;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Customers of a file, one a record. The same customer twice in a chunk is one write; what the later record leaves out stays. */
final class CustomerChunks implements ChunkBuilder {
    private static final int EXTERNAL_ID = 0;
    private static final int EMAIL = 1;
    private static final int PHONE = 2;
    private static final int FIRST_NAME = 3;
    private static final int LAST_NAME = 4;
    private static final int SEX = 5;
    private static final int BIRTHDAY = 6;
    private static final int TIME_ZONE = 7;
    private static final int LANGUAGE = 8;
    private static final int SOURCE = 9;
    private static final int REGISTERED_AT = 10;

    private final Customers customers;
    private final LocalDate today;
    private final ZoneId zone;
    private final boolean dryRun;
    private Map<String, Told> told = new LinkedHashMap<>();
    private List<LineError> errors = new ArrayList<>();
    private int records;
    private long lastLine;

    CustomerChunks(Customers customers, ImportView announced, Instant now) {
        this.customers = customers;
        this.zone = ZoneId.of(announced.timeZone());
        this.dryRun = announced.dryRun();
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
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
        @Nullable String[] fields = record.fields();
        String field = "external_id";
        try {
            Identity externalId = Identity.externalId(fields[EXTERNAL_ID] == null ? "" : fields[EXTERNAL_ID]);
            field = "email";
            Identity email = identity(fields[EMAIL], Identity::email);
            field = "phone";
            Identity phone = identity(fields[PHONE], Identity::phone);
            field = "first_name";
            String firstName = Profile.name(fields[FIRST_NAME]);
            field = "last_name";
            String lastName = Profile.name(fields[LAST_NAME]);
            field = "sex";
            Sex sex = Sex.parse(fields[SEX]);
            field = "birthday";
            LocalDate birthday = Profile.birthday(day(fields[BIRTHDAY]), today);
            field = "time_zone";
            String timeZone = Profile.timeZone(fields[TIME_ZONE]);
            field = "language";
            String language = Profile.language(fields[LANGUAGE]);
            field = "source";
            String source = Profile.source(fields[SOURCE]);
            field = "registered_at";
            Instant registeredAt = Profile.registeredAt(FileTime.parse(fields[REGISTERED_AT], zone), today);
            Profile profile = new Profile(firstName, lastName, sex, birthday, timeZone, language, source);
            return new CustomerDraft(externalId, email, phone, profile, registeredAt);
        } catch (IllegalArgumentException refused) {
            errors.add(new LineError(record.line(), field, String.valueOf(refused.getMessage())));
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

    private static @Nullable Identity identity(@Nullable String text, Function<String, Identity> kind) {
        return text == null || text.isBlank() ? null : kind.apply(text);
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("must be a day such as 1990-05-17");
        }
    }
}
