using System.Globalization;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>Baskets of goods for other parts of the app, see <see cref="BasketAddress"/>.</summary>
internal sealed class GoodsLink : IGoodsLink
{
    public string BasketOf(IEnumerable<KeyValuePair<long, int>> goods) =>
        "my/orders/basket?" + string.Join('&', goods.Select(g => string.Create(CultureInfo.InvariantCulture, $"i{g.Key}={g.Value}")));
}
