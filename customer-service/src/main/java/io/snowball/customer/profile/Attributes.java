package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.profile.AttributeApi.DeclareAttribute;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The attributes that the company has declared, and whether values fit them. */
@ApplicationScoped
class Attributes {
    static final int MAX_DECLARED = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    /* language=PostgreSQL */
    private static final String ALL =
            "select name, type, personal, choices from attribute order by name limit " + MAX_DECLARED;

    // The type stays: values of it are stored. More choices may come.
    /* language=PostgreSQL */
    private static final String DECLARE = """
            insert into attribute as a (name, type, personal, choices, created_at)
            select $1, $2, $3, $4, $5
            where (select count(*) from attribute) < $6 or exists (select from attribute where name = $1)
            on conflict (name) do update set choices = excluded.choices
              where a.type = excluded.type and a.personal = excluded.personal and a.choices <@ excluded.choices
            returning name, type, personal, choices
            """;

    private final Pool pool;
    private final Clock clock;

    Attributes(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    record Attribute(String name, AttributeType type, boolean personal, List<String> choices) {
        static Attribute of(Row row) {
            return new Attribute(
                    row.getString("name"),
                    AttributeType.valueOf(row.getString("type")),
                    row.getBoolean("personal"),
                    List.of(row.getArrayOfStrings("choices")));
        }
    }

    Uni<List<Attribute>> all() {
        return all(pool);
    }

    static Uni<List<Attribute>> all(SqlClient client) {
        return client.preparedQuery(ALL).execute().map(rows -> Rows.list(rows, Attribute::of));
    }

    /** Empty where it was declared differently before, or there are too many. */
    Uni<Optional<Attribute>> declare(String name, DeclareAttribute declared) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.invalidField(
                    "name", "invalid", "must be 1 to 50 lower-case letters, digits and _, a letter first");
        }
        List<String> choices = declared.choices() == null ? List.of() : declared.choices();
        if ((declared.type() == AttributeType.CHOICE) == choices.isEmpty()) {
            throw ProblemException.invalidField("/choices", "invalid", "give choices for a CHOICE, and only for it");
        }
        FieldErrors errors = new FieldErrors();
        choices.forEach(choice -> errors.read("/choices", () -> CleanText.required(choice, 100)));
        errors.throwIfAny();
        return pool.preparedQuery(DECLARE)
                .execute(Params.of(
                        name,
                        declared.type().name(),
                        declared.personal(),
                        choices.toArray(String[]::new),
                        OffsetDateTime.now(clock),
                        (long) MAX_DECLARED))
                .map(rows -> Rows.first(rows, Attribute::of));
    }

    /** The draft with its attributes checked and told apart; fails with all that is wrong. */
    Uni<CustomerDraft> checked(SqlClient client, CustomerDraft draft, @Nullable Map<String, Object> values) {
        return values == null || values.isEmpty()
                ? Uni.createFrom().item(draft)
                : all(client).map(declared -> check(draft, values, declared));
    }

    private static CustomerDraft check(CustomerDraft draft, Map<String, Object> values, List<Attribute> declared) {
        Map<String, Attribute> byName =
                declared.stream().collect(Collectors.toMap(Attribute::name, Function.identity()));
        FieldErrors errors = new FieldErrors();
        Map<String, Object> facts = new TreeMap<>();
        Map<String, Object> personal = new TreeMap<>();
        values.forEach((name, value) -> {
            Attribute attribute = byName.get(name);
            Object read = errors.read("/attributes/" + name, () -> read(attribute, value));
            if (attribute != null && read != null) {
                (attribute.personal() ? personal : facts).put(name, read);
            }
        });
        errors.throwIfAny();
        return draft.withAttributes(facts, personal);
    }

    private static @Nullable Object read(@Nullable Attribute attribute, @Nullable Object value) {
        if (attribute == null) {
            throw new IllegalArgumentException("is not declared: declare it first");
        }
        return value == null ? null : attribute.type().read(value, attribute.choices());
    }
}
