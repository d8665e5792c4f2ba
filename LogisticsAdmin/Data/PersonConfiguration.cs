using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.Property(p => p.FullName).HasMaxLength(80);
        person.Property(p => p.Number).HasMaxLength(40);
        person.Property(p => p.Language).HasMaxLength(10);
        person.Property(p => p.RetiredBecause).HasMaxLength(200);
        person.Property(p => p.SlipHash).HasMaxLength(64);
        person.HasIndex(p => p.Number).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
        person.HasIndex(p => p.FullName);
        // Names are unique among the living only (SignInNames); Identity's own unique index would bind the retired too.
        person.HasIndex(p => p.NormalizedUserName).IsUnique(false);
        person.HasMany(p => p.SignInNames).WithOne().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Cascade);
        person.Navigation(p => p.SignInNames).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class SignInNameConfiguration : IEntityTypeConfiguration<SignInName>
{
    public void Configure(EntityTypeBuilder<SignInName> name)
    {
        name.ToTable("SignInNames").HasKey(n => n.Name);
        name.Property(n => n.Name).HasMaxLength(256);
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<long>>
{
    // The enum is the list of roles; the rows only satisfy Identity.
    public void Configure(EntityTypeBuilder<IdentityRole<long>> role) => role.HasData(Enum.GetValues<Role>().Select(r => new IdentityRole<long>
    {
        Id = (long)r,
        Name = r.ToString(),
        NormalizedName = r.ToString().ToUpperInvariant(),
        ConcurrencyStamp = r.ToString(),
    }));
}
