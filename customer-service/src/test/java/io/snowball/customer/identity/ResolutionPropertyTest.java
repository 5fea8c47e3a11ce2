package io.snowball.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.identity.Resolution.Holder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whom identities name (H1), for any base and any question. */
class ResolutionPropertyTest {
    private static final UUID NEW = new UUID(0, 99);

    @Property
    void theOrderOfTheQuestionDoesNotMatter(
            @ForAll("bases") List<Holder> base, @ForAll("questions") List<Identity> given, @ForAll Random random) {
        List<Identity> shuffled = new ArrayList<>(given);
        Collections.shuffle(shuffled, random);
        assertThat(Resolution.of(shuffled, base)).isEqualTo(Resolution.of(given, base));
    }

    @Property
    void askedAgainTheAnswerIsTheSameCustomerAndNothingIsNew(
            @ForAll("bases") List<Holder> base, @ForAll("questions") List<Identity> given) {
        Resolution first = Resolution.of(given, base);
        if (first.isNobody()) {
            return;
        }
        UUID customer = first.customerId() == null ? NEW : first.customerId();
        Resolution again = Resolution.of(given, after(base, customer, first));
        if (again.customerId() != null) {
            assertThat(again.customerId()).isEqualTo(customer);
            assertThat(again.link()).isEmpty();
            assertThat(again.take()).isEmpty();
            assertThat(again.visitors()).isEmpty();
        } else {
            // Only a number that more than one have, or a device beside it, can leave it open who asks.
            assertThat(given).allMatch(identity -> identity.kind().isShared());
        }
    }

    @Property
    void aPhoneNeverDecidesBesideSomethingStronger(
            @ForAll("bases") List<Holder> base, @ForAll("questions") List<Identity> given) {
        Resolution resolution = Resolution.of(given, base);
        if (given.stream().anyMatch(identity -> identity.kind().compareTo(IdentityKind.PHONE) < 0)) {
            assertThat(resolution.decidedBy()).isNotEqualTo(IdentityKind.PHONE);
        }
    }

    @Property
    void nobodyButAVisitorIsMergedAndNothingButADeviceIsTaken(
            @ForAll("bases") List<Holder> base, @ForAll("questions") List<Identity> given) {
        Resolution resolution = Resolution.of(given, base);
        for (Holder holder : base) {
            if (resolution.visitors().contains(holder.customerId())) {
                assertThat(holder.identities())
                        .allMatch(identity -> identity.kind().isDevice());
            }
        }
        assertThat(resolution.take()).allMatch(identity -> identity.kind().isDevice());
        assertThat(resolution.link())
                .allMatch(identity -> identity.kind() == IdentityKind.PHONE
                        || base.stream().noneMatch(holder -> holder.identities().contains(identity)));
    }

    private static List<Holder> after(List<Holder> base, UUID customer, Resolution done) {
        List<Holder> next = new ArrayList<>();
        Set<Identity> own = new HashSet<>(done.link());
        own.addAll(done.take());
        for (Holder holder : base) {
            if (holder.customerId().equals(customer) || done.visitors().contains(holder.customerId())) {
                own.addAll(holder.identities());
            } else {
                Set<Identity> rest = new HashSet<>(holder.identities());
                rest.removeAll(done.take());
                next.add(new Holder(holder.customerId(), rest));
            }
        }
        next.add(new Holder(customer, own));
        return next;
    }

    /** Few values, so that questions hit customers often. An identity has one owner, but for phones. */
    @Provide
    Arbitrary<List<Holder>> bases() {
        return identities().set().ofMaxSize(4).list().ofMaxSize(5).map(sets -> {
            Set<Identity> taken = new HashSet<>();
            List<Holder> holders = new ArrayList<>();
            for (Set<Identity> set : sets) {
                Set<Identity> own = set.stream()
                        .filter(identity -> identity.kind() == IdentityKind.PHONE || taken.add(identity))
                        .collect(Collectors.toSet());
                if (!own.isEmpty()) {
                    holders.add(new Holder(new UUID(0, holders.size() + 1L), own));
                }
            }
            return holders;
        });
    }

    @Provide
    Arbitrary<List<Identity>> questions() {
        return identities().list().uniqueElements().ofMinSize(1).ofMaxSize(5);
    }

    private static Arbitrary<Identity> identities() {
        Arbitrary<IdentityKind> kinds = Arbitraries.of(
                IdentityKind.EXTERNAL_ID,
                IdentityKind.TELEGRAM,
                IdentityKind.EMAIL,
                IdentityKind.PHONE,
                IdentityKind.COOKIE);
        return Combinators.combine(kinds, Arbitraries.of("", "crm"), Arbitraries.of("1", "2", "3"))
                .as((kind, system, key) ->
                        new Identity(kind, kind == IdentityKind.EXTERNAL_ID ? system : "", key, key));
    }
}
