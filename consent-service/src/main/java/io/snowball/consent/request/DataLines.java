package io.snowball.consent.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.consent.paper.Paper;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a sibling has of a person, line by line in a paper, whatever the sibling adds to it some day. */
final class DataLines {
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final int LINES_MAX = 5_000;

    /** Fields that have a name in Russian; another appears under its own. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("firstName", "Имя"),
            Map.entry("lastName", "Фамилия"),
            Map.entry("middleName", "Отчество"),
            Map.entry("emails", "Адреса электронной почты"),
            Map.entry("email", "Адрес электронной почты"),
            Map.entry("phones", "Номера телефонов"),
            Map.entry("phone", "Номер телефона"),
            Map.entry("birthDate", "Дата рождения"),
            Map.entry("sex", "Пол"),
            Map.entry("addresses", "Адреса"),
            Map.entry("address", "Адрес"),
            Map.entry("timeZone", "Часовой пояс"),
            Map.entry("language", "Язык"),
            Map.entry("source", "Источник"),
            Map.entry("registeredAt", "Зарегистрирован"),
            Map.entry("attributes", "Дополнительные сведения"),
            Map.entry("identities", "Идентификаторы"),
            Map.entry("orders", "Заказы"),
            Map.entry("customerId", "Номер в системе"),
            Map.entry("rows", "Запись"),
            Map.entry("categories", "Раздел"),
            Map.entry("category", "Таблица"),
            Map.entry("profile", "Профиль"));

    private final Paper paper;
    private int left = LINES_MAX;

    private DataLines(Paper paper) {
        this.paper = paper;
    }

    static void add(Paper paper, JsonNode data) {
        DataLines lines = new DataLines(paper);
        lines.walk("", data);
        if (lines.left <= 0) {
            paper.text("Показаны первые " + LINES_MAX + " строк; остальное выдаётся файлом.");
        }
    }

    private void walk(String path, JsonNode node) {
        if (left <= 0) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(field -> walk(under(path, named(field.getKey())), field.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.size() == 1 ? path : path + " " + (i + 1), node.get(i));
            }
        } else if (!node.isNull() && !node.asText().isBlank()) {
            left--;
            paper.line(path.isEmpty() ? "Сведения" : path, node.asText());
        }
    }

    private static String under(String path, String name) {
        return path.isEmpty() ? name : path + ": " + name;
    }

    private static String named(String field) {
        return NAMES.getOrDefault(camel(field), field);
    }

    /** Siblings show rows of tables as well as records. */
    private static String camel(String field) {
        return UNDERSCORE.matcher(field).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
