namespace LogisticsAdmin.Registries;

/// <summary>Where people order goods, for parts of the app that suggest what to buy.</summary>
public interface IGoodsLink
{
    /// <summary>The address of a basket with these goods and quantities, by the ids of the goods.</summary>
    string BasketOf(IEnumerable<KeyValuePair<long, int>> goods);
}
