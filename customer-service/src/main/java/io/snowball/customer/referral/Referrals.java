package io.snowball.customer.referral;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Points;
import io.snowball.customer.profile.People;
import io.snowball.customer.referral.Referral.State;
import io.snowball.customer.referral.ReferralSql.Code;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Codes to invite with, and who was invited (G10). Every change is announced as referral.changed by the transaction that makes it. */
@ApplicationScoped
public class Referrals {
    private final ReferralSql sql;
    private final Points points;
    private final People people;
    private final Pool pool;
    private final Clock clock;

    Referrals(ReferralSql sql, Points points, People people, Pool pool, Clock clock) {
        this.sql = sql;
        this.points = points;
        this.people = people;
        this.pool = pool;
        this.clock = clock;
    }

    /** @param wanted null for one that is made up */
    Uni<Code> addCode(SqlConnection tx, UUID customer, @Nullable String wanted) {
        String code = wanted == null ? RandomCode.next() : wanted;
        return hold(tx, List.of(customer))
                .map(held -> new Code(code, known(held, customer), now()))
                .call(made -> sql.addCode(tx, Ids.next(), made))
                .onFailure()
                .transform(Constraints.to(ReferralProblem.CODE_TAKEN));
    }

    Uni<List<Code>> codes(UUID customer) {
        return people.existing(pool, customer).chain(current -> sql.codes(pool, current));
    }

    Uni<Referral> invite(SqlConnection tx, String code, UUID invited) {
        return sql.lock(tx)
                .chain(() -> sql.find(tx, code))
                .map(found -> found.orElseThrow(() -> ReferralProblem.UNKNOWN_CODE.with("Check the spelling")))
                .chain(inviting -> hold(tx, List.of(inviting.customerId(), invited))
                        .chain(held -> invite(tx, inviting, known(held, inviting.customerId()), known(held, invited))));
    }

    private Uni<Referral> invite(SqlConnection tx, Code code, UUID inviter, UUID invited) {
        if (inviter.equals(invited)) {
            throw ReferralProblem.SELF_REFERRAL.with("The code is the customer's own");
        }
        Referral referral = new Referral(Ids.next(), code.code(), invited, inviter, State.PENDING, null, now());
        return sql.objections(tx, inviter, invited)
                .invoke(Referrals::check)
                .chain(() -> sql.invite(tx, referral))
                .chain(() -> sql.announce(tx, List.of(referral), referral.createdAt()))
                .replaceWith(referral);
    }

    private static void check(ReferralSql.Objections objections) {
        if (objections.circle()) {
            throw ReferralProblem.REFERRAL_CIRCLE.with("The customer stands in the inviter's own line");
        }
        if (objections.invited()) {
            throw ReferralProblem.ALREADY_INVITED.with("The first invitation counts");
        }
        if (objections.bought()) {
            throw ReferralProblem.NOT_NEW.with("Only who has not bought yet can be invited");
        }
    }

    Uni<Referral> get(UUID id) {
        return sql.get(pool, id)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no referral with this id")));
    }

    /** Whom the customer has invited, the last ones first. */
    Uni<Keyset<Referral>> list(UUID inviter, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "referrals", inviter);
        UUID before = after == null ? null : Cursor.asUuid(after.getFirst());
        return people.existing(pool, inviter)
                .chain(customer -> sql.page(pool, customer, before, limit + 1))
                .map(rows -> Keyset.of(rows, limit, each -> List.of(each.id().toString()), "referrals", inviter));
    }

    /** Those that wait for a first order of these customers, or were rewarded for one of these orders. */
    public Uni<List<Referral>> ofOrders(SqlConnection tx, Collection<UUID> customers, Collection<UUID> orders) {
        return sql.ofOrders(tx, customers, orders);
    }

    public Uni<Void> settle(SqlConnection tx, List<Referral> settled) {
        return sql.settle(tx, settled).chain(() -> sql.announce(tx, settled, now()));
    }

    private Uni<Map<UUID, UUID>> hold(SqlConnection tx, Collection<UUID> customers) {
        return points.hold(tx, customers);
    }

    private static UUID known(Map<UUID, UUID> held, UUID customer) {
        UUID current = held.get(customer);
        if (current == null) {
            throw ReferralProblem.UNKNOWN_CUSTOMER.with("Send the customer first");
        }
        return current;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Without letters and digits that are taken for each other. In a holder, so that a native executable seeds it when it runs. */
    private static final class RandomCode {
        private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
        private static final int LENGTH = 10;
        private static final SecureRandom SOURCE = new SecureRandom();

        static String next() {
            StringBuilder code = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                code.append(LETTERS.charAt(SOURCE.nextInt(LETTERS.length())));
            }
            return code.toString();
        }
    }
}
