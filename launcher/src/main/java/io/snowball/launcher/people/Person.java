package io.snowball.launcher.people;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** One invented customer. {@code phone} is E.164. */
public record Person(
        String firstName,
        String lastName,
        String sex,
        String email,
        String phone,
        LocalDate birthday,
        String timeZone,
        String source) {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int NUMBERS_PER_PREFIX = 10_000_000;

    // Given name, its Latin form. The commonest ones of people born in 1960-2005.
    private static final List<Name> WOMEN = Name.list(
            "Анна anna, Мария maria, Елена elena, Ольга olga, Наталья natalia, Татьяна tatiana, Ирина irina, Екатерина ekaterina, "
                    + "Светлана svetlana, Юлия yulia, Анастасия anastasia, Дарья daria, Ксения ksenia, Полина polina, Вера vera, "
                    + "Людмила ludmila, Марина marina, Алина alina, Виктория viktoria, Софья sofia");
    private static final List<Name> MEN = Name.list(
            "Александр alexander, Сергей sergey, Дмитрий dmitry, Андрей andrey, Алексей alexey, Максим maxim, Иван ivan, Евгений evgeny, "
                    + "Михаил mikhail, Николай nikolay, Владимир vladimir, Артём artem, Илья ilya, Павел pavel, Роман roman, "
                    + "Кирилл kirill, Егор egor, Юрий yury, Константин konstantin, Олег oleg");

    // Stems: a woman's name takes -а.
    private static final List<Name> FAMILIES = Name.list(
            "Смирнов smirnov, Иванов ivanov, Кузнецов kuznetsov, Соколов sokolov, Попов popov, Лебедев lebedev, Козлов kozlov, "
                    + "Новиков novikov, Морозов morozov, Петров petrov, Волков volkov, Соловьёв solovyov, Васильев vasilyev, "
                    + "Зайцев zaytsev, Павлов pavlov, Семёнов semyonov, Голубев golubev, Виноградов vinogradov, Богданов bogdanov, "
                    + "Воробьёв vorobyov, Фёдоров fyodorov, Михайлов mikhaylov, Беляев belyaev, Тарасов tarasov, Белов belov, "
                    + "Комаров komarov, Орлов orlov, Киселёв kiselyov, Макаров makarov, Андреев andreev");

    // By population: Moscow time first and most.
    private static final List<String> TIME_ZONES = List.of(
            "Europe/Moscow",
            "Europe/Moscow",
            "Europe/Moscow",
            "Europe/Moscow",
            "Europe/Moscow",
            "Europe/Samara",
            "Asia/Yekaterinburg",
            "Asia/Yekaterinburg",
            "Asia/Novosibirsk",
            "Asia/Krasnoyarsk",
            "Asia/Irkutsk",
            "Asia/Vladivostok",
            "Europe/Kaliningrad");
    private static final List<String> SOURCES =
            List.of("site", "site", "site", "shop", "shop", "app", "referral", "marketplace");
    private static final int[] PREFIXES = {
        903, 905, 906, 909, 910, 912, 915, 916, 917, 919, 920, 921, 922, 923, 924, 925, 926, 927, 928, 929, 950, 951,
        952, 953, 960, 961, 962, 963, 964, 965, 966, 967, 968, 980, 981, 982, 983, 984, 985, 987, 988, 989
    };

    /** @param n from 0; two people of one number are one person */
    public static Person of(int n) {
        SplittableRandom random = new SplittableRandom((n + 1) * GOLDEN_RATIO);
        boolean woman = random.nextInt(100) < 57;
        Name first = pick(woman ? WOMEN : MEN, random);
        Name family = pick(FAMILIES, random);
        String email = String.format(
                Locale.ROOT, "%s.%s%s.%d@example.com", first.latin(), family.latin(), woman ? "a" : "", n);
        return new Person(
                first.russian(),
                family.russian() + (woman ? "а" : ""),
                woman ? "FEMALE" : "MALE",
                email,
                phone(n),
                LocalDate.of(1960, 1, 1).plusDays(random.nextInt(45 * 365)),
                pick(TIME_ZONES, random),
                pick(SOURCES, random));
    }

    /** 7919 is prime to the ten million numbers of a prefix, so neighbours look unrelated and no two are the same. */
    private static String phone(int n) {
        int prefix = PREFIXES[n / NUMBERS_PER_PREFIX % PREFIXES.length];
        long number = (n % NUMBERS_PER_PREFIX * 7919L + 1_234_567) % NUMBERS_PER_PREFIX;
        return String.format(Locale.ROOT, "+7%d%07d", prefix, number);
    }

    private static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private record Name(String russian, String latin) {
        static List<Name> list(String text) {
            return List.of(text.split(", ")).stream()
                    .map(pair -> new Name(pair.substring(0, pair.indexOf(' ')), pair.substring(pair.indexOf(' ') + 1)))
                    .toList();
        }
    }
}
