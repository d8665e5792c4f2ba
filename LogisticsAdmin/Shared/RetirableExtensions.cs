namespace LogisticsAdmin.Shared;

public static class RetirableExtensions
{
    extension<T>(IQueryable<T> all) where T : class, IRetirable
    {
        /// <summary>What may be offered for a new choice: everything that has not retired.</summary>
        public IQueryable<T> Living() => all.Where(x => x.RetiredAt == null);
    }
}
