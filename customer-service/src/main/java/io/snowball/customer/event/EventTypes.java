package io.snowball.customer.event;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.DeclareEventType;
import io.snowball.customer.event.EventApi.EventField;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Declaring what events there are. */
@ApplicationScoped
class EventTypes {
    private final EventTypeSql sql;
    private final Pool pool;

    EventTypes(EventTypeSql sql, Pool pool) {
        this.sql = sql;
        this.pool = pool;
    }

    Uni<EventType> declare(String name, DeclareEventType request) {
        List<EventType.Field> fields =
                request.fields().stream().map(EventField::toField).toList();
        Set<String> names = new HashSet<>();
        if (!fields.stream().allMatch(field -> names.add(field.name()))) {
            throw ProblemException.invalidField("/fields", "invalid", "Two fields can't have one name");
        }
        return pool.withTransaction(tx -> sql.locked(tx, name).chain(stored -> {
            if (stored.isPresent() && !stored.get().canBecome(fields)) {
                throw EventProblem.TYPE_INCOMPATIBLE.with("Give a field of another type another name");
            }
            EventType type = new EventType(
                    name,
                    fields,
                    request.retentionDays(),
                    Boolean.TRUE.equals(request.fromWeb()),
                    stored.map(EventType::builtIn).orElse(false));
            return sql.store(tx, type).replaceWith(type);
        }));
    }

    /** By name. */
    Uni<Keyset<EventType>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "event-types");
        return sql.page(pool, after == null ? null : after.getFirst(), limit + 1)
                .map(rows -> Keyset.of(rows, limit, type -> List.of(type.name()), "event-types"));
    }
}
