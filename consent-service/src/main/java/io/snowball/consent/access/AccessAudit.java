package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessSeals.AccessSeal;
import io.snowball.consent.access.AccessSql.Head;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the chains of the log again, and compares them with their ends, their seals and what left when its term was over. */
@ApplicationScoped
public class AccessAudit {
    private static final int PAGE = 1000;

    // Where the chain begins now.
    /* language=PostgreSQL */
    private static final String PURGED = """
            select source, sequence, encode(hash, 'hex') as hash
            from retention_purge
            where what = 'ACCESS_LOG' and source = $1
            order by sequence desc
            limit 1
            """;

    private final Pool pool;
    private final AccessSql sql;
    private final AccessSeals seals;
    private final SigningKeys keys;

    AccessAudit(Pool pool, AccessSql sql, AccessSeals seals, SigningKeys keys) {
        this.pool = pool;
        this.sql = sql;
        this.seals = seals;
        this.keys = keys;
    }

    public enum Kind {
        ALTERED,
        REMOVED,
        MOVED,
        ADDED,
        SEAL_BROKEN
    }

    /** @param sequence the number of the record in the chain of its source */
    public record Fault(Kind kind, String source, long sequence) {}

    public record Finding(long records, List<Fault> faults) {}

    public Uni<List<String>> sources() {
        return sql.sources(pool);
    }

    /** The whole chain of one service. */
    public Uni<Finding> of(String source) {
        // What is sealed and appended meanwhile is no fault: the seals are read first and the end next.
        return sealed(source)
                .chain(seals -> sql.head(pool, source)
                        .map(found -> found.orElse(new Head(source, 0, null)))
                        .chain(end -> begin(source).chain(start -> count(new Counting(end, start, seals)))));
    }

    private Uni<Head> begin(String source) {
        return pool.preparedQuery(PURGED)
                .execute(Params.of(source))
                .map(rows -> Rows.first(rows, Head::of).orElse(new Head(source, 0, null)));
    }

    /** The seals that hold, by their place; those that don't, with a null. */
    private Uni<Map<Long, @Nullable String>> sealed(String source) {
        return seals.of(pool, source).chain(all -> check(all, 0, new HashMap<>()));
    }

    private Uni<Map<Long, @Nullable String>> check(
            List<AccessSeal> all, int index, Map<Long, @Nullable String> checked) {
        if (index == all.size()) {
            return Uni.createFrom().item(checked);
        }
        AccessSeal seal = all.get(index);
        return keys.verified(seal.signature()).chain(signed -> {
            boolean holds = signed.filter(content -> Arrays.equals(content, seal.content()))
                    .isPresent();
            checked.put(seal.sequence(), holds ? seal.hash() : null);
            return check(all, index + 1, checked);
        });
    }

    private Uni<Finding> count(Counting counting) {
        return sql.page(pool, counting.end.source(), counting.sequence, PAGE).chain(page -> {
            page.forEach(counting::add);
            return page.size() < PAGE ? Uni.createFrom().item(counting.finish()) : count(counting);
        });
    }

    /** One chain while it is counted. */
    private static final class Counting {
        private static final int FAULTS_MAX = 1000;

        private final Head end;
        private final Map<Long, @Nullable String> seals;
        private final List<Fault> faults = new ArrayList<>();
        private long sequence;
        private @Nullable String previous;
        private boolean linked = true;
        private long records;

        Counting(Head end, Head start, Map<Long, @Nullable String> seals) {
            this.end = end;
            this.seals = seals;
            this.sequence = start.sequence();
            this.previous = start.hash();
            seals.keySet().removeIf(place -> place < start.sequence());
            compare(start.sequence(), start.hash());
        }

        void add(Link link) {
            if (link.sequence() > end.sequence() && linked && isLater(link)) {
                return;
            }
            missing(link.sequence());
            if (!link.isWhatWasWritten()) {
                fault(Kind.ALTERED, link.sequence());
            } else if (linked && !Objects.equals(link.previousHash(), previous)) {
                fault(Kind.MOVED, link.sequence());
            }
            compare(link.sequence(), link.hash());
            linked = true;
            sequence = link.sequence();
            previous = link.hash();
            records++;
        }

        /** Appended since the end was read: its turn comes with the next count. */
        private boolean isLater(Link link) {
            boolean whole = sequence >= end.sequence() && link.isWhatWasWritten();
            boolean follows = link.sequence() == sequence + 1 && Objects.equals(link.previousHash(), previous);
            if (whole && follows) {
                sequence = link.sequence();
                previous = link.hash();
                return true;
            }
            return false;
        }

        Finding finish() {
            missing(end.sequence() + 1);
            seals.forEach((place, _) -> fault(place > sequence ? Kind.REMOVED : Kind.SEAL_BROKEN, place));
            return new Finding(records, faults);
        }

        private void missing(long next) {
            for (long gone = sequence + 1; gone < next && faults.size() < FAULTS_MAX; gone++) {
                fault(Kind.REMOVED, gone);
                linked = false;
            }
        }

        private void compare(long place, @Nullable String hash) {
            if (place == end.sequence() && place > 0 && !Objects.equals(end.hash(), hash)) {
                fault(Kind.ALTERED, place);
            }
            if (seals.containsKey(place)) {
                String sealed = seals.remove(place);
                if (sealed == null) {
                    fault(Kind.SEAL_BROKEN, place);
                } else if (!sealed.equals(hash)) {
                    fault(Kind.ALTERED, place);
                }
            }
        }

        private void fault(Kind kind, long place) {
            Fault fault = new Fault(kind, end.source(), place);
            if (faults.size() < FAULTS_MAX && !faults.contains(fault)) {
                faults.add(fault);
            }
        }
    }
}
