using System.Globalization;
using System.Resources;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Texts of pages in the language of a test.</summary>
internal static class LocalizedText
{
    public static string Of(TicketStatus status, string language) => Of<TicketsText>(language, $"TicketStatus.{status}");

    public static string Of(RepairVerb verb, string language) => Of<TicketsText>(language, $"RepairVerb.{verb}");

    /// <summary>A text of one of the app's resources with its arguments.</summary>
    public static string Of<TText>(string language, string key, params object[] arguments)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var text = Resource<TText>.Texts.GetString(key, culture) ?? throw new KeyNotFoundException($"{key} has no words in {language}.");
        return arguments.Length == 0 ? text : Plurals.Format(culture, text, arguments);
    }

    private static class Resource<TText>
    {
        public static readonly ResourceManager Texts = new(typeof(TText).FullName!, typeof(TText).Assembly);
    }
}
