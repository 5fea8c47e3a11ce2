package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.CustomerApi.CustomerView;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Customers as rows of a table, in columns of choice, as a caller with or without the right to personal data sees them. Columns are
 * named as an import names them.
 */
@ApplicationScoped
public class CustomerSheet {
    private static final String ATTRIBUTE = "attribute.";
    private static final Map<String, Function<CustomerView, @Nullable Object>> FIELDS = fields();

    /** What a caller without the right sees in part or not at all. */
    private static final Set<String> PERSONAL = Set.of(
            "email",
            "phone",
            "last_name",
            "birthday",
            "children_birthdays",
            "street",
            "postal_code",
            "social_accounts");

    private final CustomerSql sql;
    private final Attributes attributes;

    CustomerSheet(CustomerSql sql, Attributes attributes) {
        this.sql = sql;
        this.attributes = attributes;
    }

    public static String names() {
        return String.join(", ", FIELDS.keySet());
    }

    /** Whether there are such columns, each once. */
    public Uni<Void> check(List<String> columns) {
        return attributes.all().map(declared -> {
            Set<String> known = declared.stream()
                    .map(attribute -> ATTRIBUTE + attribute.name())
                    .collect(Collectors.toSet());
            Set<String> taken = new HashSet<>();
            for (int i = 0; i < columns.size(); i++) {
                String column = columns.get(i);
                if (!FIELDS.containsKey(column) && !known.contains(column)) {
                    throw refused(i, "unknown", "The columns are " + names() + ", and attribute.<name>");
                }
                if (!taken.add(column)) {
                    throw refused(i, "twice", "A column can't come twice");
                }
            }
            return null;
        });
    }

    private static ProblemException refused(int place, String code, String detail) {
        return ProblemException.invalidField("/columns/" + place, code, detail);
    }

    /** Whether any of them is shown in the clear to those with the right only. Any attribute may be declared as personal. */
    public static boolean anyPersonal(List<String> columns) {
        return columns.stream().anyMatch(column -> PERSONAL.contains(column) || column.startsWith(ATTRIBUTE));
    }

    /** In the order of the ids, without those who are gone or blocked. An old id of a merged customer is not followed. */
    public Uni<List<List<String>>> rows(SqlClient client, List<UUID> ids, List<String> columns, boolean masked) {
        Masking masking = masked ? Masking.MASKED : Masking.CLEAR;
        return sql.states(client, ids).map(states -> {
            Map<UUID, CustomerState> found =
                    states.stream().collect(Collectors.toMap(CustomerState::id, Function.identity()));
            List<List<String>> rows = new ArrayList<>(ids.size());
            for (UUID id : ids) {
                CustomerState state = found.get(id);
                if (state != null && !state.blocked()) {
                    CustomerView view = CustomerView.of(state, masking);
                    rows.add(columns.stream().map(column -> cell(view, column)).toList());
                }
            }
            return rows;
        });
    }

    private static String cell(CustomerView view, String column) {
        Function<CustomerView, @Nullable Object> field = FIELDS.get(column);
        Map<String, Object> own = view.attributes();
        Object value =
                field != null ? field.apply(view) : own == null ? null : own.get(column.substring(ATTRIBUTE.length()));
        if (value instanceof List<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return value == null ? "" : value.toString();
    }

    private static Map<String, Function<CustomerView, @Nullable Object>> fields() {
        Map<String, Function<CustomerView, @Nullable Object>> fields = new LinkedHashMap<>();
        fields.put("id", CustomerView::id);
        fields.put("external_id", CustomerView::externalId);
        fields.put("email", CustomerView::email);
        // Without its plus a spreadsheet takes it for what it is, and a dialler dials it.
        fields.put("phone", view -> view.phone() == null ? null : view.phone().substring(1));
        fields.put("first_name", CustomerView::firstName);
        fields.put("last_name", CustomerView::lastName);
        fields.put("sex", CustomerView::sex);
        fields.put("birthday", CustomerView::birthday);
        fields.put("time_zone", CustomerView::timeZone);
        fields.put("language", CustomerView::language);
        fields.put("source", CustomerView::source);
        fields.put("registered_at", CustomerView::registeredAt);
        fields.put("time_zone_source", CustomerView::timeZoneSource);
        fields.put("children_birthdays", CustomerView::childrenBirthdays);
        fields.put(
                "country",
                view -> view.address() == null ? null : view.address().country());
        fields.put(
                "region", view -> view.address() == null ? null : view.address().region());
        fields.put(
                "city", view -> view.address() == null ? null : view.address().city());
        fields.put(
                "street", view -> view.address() == null ? null : view.address().street());
        fields.put(
                "postal_code",
                view -> view.address() == null ? null : view.address().postalCode());
        fields.put("utm_source", view -> view.utm() == null ? null : view.utm().source());
        fields.put("utm_medium", view -> view.utm() == null ? null : view.utm().medium());
        fields.put(
                "utm_campaign", view -> view.utm() == null ? null : view.utm().campaign());
        fields.put("utm_term", view -> view.utm() == null ? null : view.utm().term());
        fields.put("utm_content", view -> view.utm() == null ? null : view.utm().content());
        fields.put(
                "device_type",
                view -> view.device() == null ? null : view.device().type());
        fields.put(
                "browser", view -> view.device() == null ? null : view.device().browser());
        fields.put("os", view -> view.device() == null ? null : view.device().os());
        fields.put("social_accounts", CustomerView::socialAccounts);
        fields.put("preferred_channel", CustomerView::preferredChannel);
        return fields;
    }
}
