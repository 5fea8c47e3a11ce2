package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Rehearsal;
import io.snowball.customer.identity.Candidates;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.CustomerOutcome.Status;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be done with customers. Every change is announced as customer.changed by the transaction that makes it. */
@ApplicationScoped
public class Customers {
    /** Who changed a customer that a file told of. */
    private static final String IMPORT = "import";

    private final CustomerSql sql;
    private final People people;
    private final Candidates candidates;
    private final Changes changes;
    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    Customers(
            CustomerSql sql,
            People people,
            Candidates candidates,
            Changes changes,
            Outbox outbox,
            Pool pool,
            Clock clock) {
        this.sql = sql;
        this.people = people;
        this.candidates = candidates;
        this.changes = changes;
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** A batch, each external id at most once in it; what is refused keeps nothing else from being written. Commits by itself. */
    public Uni<List<CustomerOutcome>> tellAll(List<CustomerDraft> drafts) {
        return pool.withTransaction(tx -> sql.lockAll(tx).chain(() -> tell(tx, drafts, IMPORT)));
    }

    /** What {@link #tellAll} would answer; nothing is stored. */
    public Uni<List<CustomerOutcome>> rehearse(List<CustomerDraft> drafts) {
        return Rehearsal.of(pool, tx -> sql.lockAll(tx).chain(() -> tell(tx, drafts, IMPORT)));
    }

    /** One customer; fails with a problem where an identity belongs to another. */
    Uni<CustomerOutcome> tell(SqlConnection tx, CustomerDraft draft, String by) {
        return lock(tx, draft)
                .chain(() -> tell(tx, List.of(draft), by))
                .map(outcomes -> accepted(outcomes.getFirst()))
                .onFailure()
                .transform(Constraints.to(CustomerProblem.IDENTITY_TAKEN));
    }

    /** Everything that is known of the customer becomes what the draft says, as long as nobody changed it since it was read. */
    Uni<CustomerOutcome> replace(SqlConnection tx, UUID id, int expectedVersion, CustomerDraft draft, String by) {
        return change(tx, id, expectedVersion, _ -> Uni.createFrom().item(draft), by);
    }

    /** @param expectedVersion what the caller has read, or null where any will do */
    Uni<CustomerOutcome> change(
            SqlConnection tx,
            UUID id,
            @Nullable Integer expectedVersion,
            Function<CustomerState, Uni<CustomerDraft>> change,
            String by) {
        return sql.lockOne(tx, id.toString())
                .chain(() -> find(tx, id))
                .chain(known -> {
                    if (expectedVersion != null && known.version() != expectedVersion) {
                        throw CommonProblem.STALE_VERSION.with("Read the customer again, then repeat your change");
                    }
                    return change.apply(known).chain(draft -> replace(tx, known, draft, by));
                })
                .map(outcomes -> accepted(outcomes.getFirst()))
                .onFailure()
                .transform(Constraints.to(CustomerProblem.IDENTITY_TAKEN));
    }

    private Uni<List<CustomerOutcome>> replace(SqlConnection tx, CustomerState known, CustomerDraft draft, String by) {
        return sql.owners(tx, List.of(draft)).chain(owners -> {
            CustomerBatch batch = new CustomerBatch(Map.of(known.id(), known), clock.instant());
            batch.replace(known, draft, owners.getFirst());
            return batch.changed().isEmpty()
                    ? store(tx, batch, by)
                    : sql.dropIdentities(tx, batch.changed().getFirst()).chain(() -> store(tx, batch, by));
        });
    }

    Uni<Optional<CustomerState>> get(UUID id) {
        return sql.states(pool, List.of(id)).map(found -> found.stream().findFirst());
    }

    Uni<List<CustomerState>> find(Identity identity) {
        return sql.find(pool, identity);
    }

    Uni<List<CustomerSql.Address>> addresses(AddressChannel channel, Collection<UUID> ids) {
        return sql.addresses(pool, channel.kind(), ids);
    }

    /** Newest first. */
    Uni<Keyset<CustomerState>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "customers");
        return sql.page(pool, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, customer -> List.of(customer.id().toString()), "customers"));
    }

    /** First the external id, so that two who tell of somebody new make one customer; then whose it is, who may have several. */
    private Uni<Void> lock(SqlConnection tx, CustomerDraft draft) {
        Identity externalId = draft.externalId();
        // Somebody new without an external id can be nobody else's customer: there is nothing to wait for.
        return externalId == null
                ? Uni.createFrom().voidItem()
                : sql.lockOne(tx, "external id " + externalId.key())
                        .chain(() -> sql.owners(tx, List.of(draft)))
                        .map(owners -> owners.getFirst().externalId())
                        .chain(owner ->
                                owner == null ? Uni.createFrom().voidItem() : sql.lockOne(tx, owner.toString()));
    }

    private Uni<CustomerState> find(SqlConnection tx, UUID id) {
        return sql.states(tx, List.of(id))
                .chain(found -> found.isEmpty()
                        ? people.current(tx, id).map(Customers::elsewhere)
                        : Uni.createFrom().item(found.getFirst()));
    }

    private Uni<List<CustomerOutcome>> tell(SqlConnection tx, List<CustomerDraft> drafts, String by) {
        return sql.owners(tx, drafts)
                .chain(owners -> known(tx, owners).chain(stored -> {
                    CustomerBatch batch = new CustomerBatch(stored, clock.instant());
                    for (int i = 0; i < drafts.size(); i++) {
                        batch.tell(drafts.get(i), owners.get(i));
                    }
                    return store(tx, batch, by);
                }));
    }

    private Uni<Map<UUID, CustomerState>> known(SqlConnection tx, List<CustomerSql.Owners> owners) {
        List<UUID> ids = owners.stream()
                .flatMap(owner -> Stream.ofNullable(owner.externalId()))
                .filter(Objects::nonNull)
                .toList();
        return ids.isEmpty()
                ? Uni.createFrom().item(new HashMap<>())
                : sql.states(tx, ids)
                        .map(states ->
                                states.stream().collect(Collectors.toMap(CustomerState::id, Function.identity())));
    }

    private Uni<List<CustomerOutcome>> store(SqlConnection tx, CustomerBatch batch, String by) {
        if (batch.changed().isEmpty()) {
            return Uni.createFrom().item(batch.outcomes());
        }
        List<Outbox.Entry> events = batch.changed().stream()
                .map(state -> new Outbox.Entry(state.id(), CustomerChanged.TYPE, CustomerChanged.of(state)))
                .toList();
        return sql.store(tx, batch.changed(), clock.instant())
                .chain(() -> candidates.addSharers(tx, phones(batch.changed())))
                .chain(() -> changes.add(tx, batch.changes(), by))
                .chain(() -> outbox.append(tx, events))
                .replaceWith(batch.outcomes());
    }

    private static CustomerOutcome accepted(CustomerOutcome outcome) {
        if (outcome.status() == Status.REJECTED) {
            CustomerProblem problem = CustomerProblem.taken(outcome.field());
            throw problem.with(problem.title() + ": find that customer, or leave the field out");
        }
        return outcome;
    }

    private static List<Candidates.Phone> phones(List<CustomerState> changed) {
        return changed.stream()
                .flatMap(state ->
                        Stream.ofNullable(state.phone()).map(phone -> new Candidates.Phone(state.id(), phone.key())))
                .toList();
    }

    private static CustomerState elsewhere(Optional<UUID> current) {
        throw current.map(id -> CustomerProblem.MERGED.with("Use the id " + id))
                .orElseGet(() -> CommonProblem.NOT_FOUND.with("There is no customer with this id"));
    }
}
