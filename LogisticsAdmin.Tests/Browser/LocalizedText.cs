using System.Globalization;
using System.Resources;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Texts of pages in the language of a test.</summary>
internal static class LocalizedText
{
    private static readonly ResourceManager Tickets = new(typeof(TicketsText).FullName!, typeof(TicketsText).Assembly);

    public static string Of(TicketStatus status, string language) => Of($"TicketStatus.{status}", language);

    public static string Of(RepairVerb verb, string language) => Of($"RepairVerb.{verb}", language);

    private static string Of(string key, string language) =>
        Tickets.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new KeyNotFoundException($"{key} has no words in {language}.");
}
