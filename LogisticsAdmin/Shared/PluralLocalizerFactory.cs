using System.Globalization;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Shared;

/// <summary>Makes every localizer of the app fill its texts by <see cref="Plurals"/>.</summary>
internal sealed class PluralLocalizerFactory(ResourceManagerStringLocalizerFactory resources) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new Localizer(resources.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Localizer(resources.Create(baseName, location));

    private sealed class Localizer(IStringLocalizer words) : IStringLocalizer
    {
        public LocalizedString this[string name] => words[name];

        public LocalizedString this[string name, params object[] arguments]
        {
            get
            {
                var text = words[name];
                return new LocalizedString(
                    name, Plurals.Format(CultureInfo.CurrentCulture, text.Value, arguments), text.ResourceNotFound, text.SearchedLocation);
            }
        }

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => words.GetAllStrings(includeParentCultures);
    }
}
